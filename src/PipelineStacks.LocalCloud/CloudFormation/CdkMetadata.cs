namespace PipelineStacks.LocalCloud.CloudFormation;

internal sealed record CdkMetadataProperties
{
    [NoLocalEffect("Tells AWS which constructs a template was made from; nobody counts them here.")]
    public string? Analytics { get; init; }
}

/// <summary>The resource that CDK adds to its templates for its usage statistics. It is nothing, on AWS too.</summary>
internal sealed class CdkMetadata() : Provisioner<CdkMetadataProperties>("AWS::CDK::Metadata")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, CdkMetadataProperties properties) =>
        ValueTask.FromResult(new Provisioned(Guid.NewGuid().ToString()));

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, CdkMetadataProperties before, CdkMetadataProperties after) =>
        ValueTask.FromResult(new Provisioned(physicalId));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, CdkMetadataProperties properties) => ValueTask.CompletedTask;
}

using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Kms.Provisioners;

internal sealed record AliasProperties
{
    [CreateOnly]
    public required string AliasName { get; init; }

    public required string TargetKeyId { get; init; }
}

/// <summary><c>AWS::KMS::Alias</c>.</summary>
internal sealed class AliasProvisioner(Aliases aliases) : Provisioner<AliasProperties>("AWS::KMS::Alias")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, AliasProperties properties)
    {
        aliases.Create(context.Call, new() { AliasName = properties.AliasName, TargetKeyId = properties.TargetKeyId });
        return ValueTask.FromResult(new Provisioned(properties.AliasName));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, AliasProperties before, AliasProperties after)
    {
        aliases.Update(context.Call, new() { AliasName = physicalId, TargetKeyId = after.TargetKeyId });
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, AliasProperties properties)
    {
        aliases.Delete(context.Call, new() { AliasName = physicalId });
        return ValueTask.CompletedTask;
    }
}

using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Dms.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-certificate.html"/></summary>
internal sealed record CertificateProperties
{
    [CreateOnly]
    public string? CertificateIdentifier { get; init; }

    [CreateOnly]
    public required string CertificatePem { get; init; }
}

internal sealed class CertificateProvisioner(Certificates certificates, DmsState state) : Provisioner<CertificateProperties>("AWS::DMS::Certificate")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, CertificateProperties properties)
    {
        var imported = certificates.Import(context.Call, new(properties.CertificateIdentifier ?? context.NewName(255, lowerCase: true), properties.CertificatePem));
        return ValueTask.FromResult(new Provisioned(imported.Certificate.CertificateArn));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, CertificateProperties before, CertificateProperties after) =>
        ValueTask.FromResult(new Provisioned(physicalId));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, CertificateProperties properties)
    {
        if (state.Certificates.TryGet(DmsState.KeyOf(physicalId), out _))
            certificates.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }
}

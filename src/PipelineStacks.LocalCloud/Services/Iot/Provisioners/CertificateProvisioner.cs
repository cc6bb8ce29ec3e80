using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Iot.Devices;

namespace PipelineStacks.LocalCloud.Services.Iot.Provisioners;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-certificate.html"/></summary>
internal sealed record CertificateProperties
{
    [CreateOnly]
    public string? CertificateSigningRequest { get; init; }

    [CreateOnly]
    public string? CertificatePem { get; init; }

    [CreateOnly]
    [NoLocalEffect("Every registered certificate is recognised by itself.")]
    public string? CertificateMode { get; init; }

    public required string Status { get; init; }
}

internal sealed class CertificateProvisioner(Certificates certificates, IotState state) : Provisioner<CertificateProperties>("AWS::IoT::Certificate")
{
    protected override void Check(ProvisionContext context, CertificateProperties properties)
    {
        if (properties.CertificatePem is null == properties.CertificateSigningRequest is null)
            throw IotErrors.Invalid($"{context.LogicalId}: give either CertificateSigningRequest or CertificatePem.");
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, CertificateProperties properties)
    {
        var certificate = properties.CertificateSigningRequest is { } request
            ? certificates.CreateFromRequest(context.Call, request, properties.Status)
            : certificates.Register(context.Call, properties.CertificatePem!, properties.Status);
        return ValueTask.FromResult(Result(context, certificate.CertificateId));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, CertificateProperties before, CertificateProperties after)
    {
        certificates.Update(context.Call, new(physicalId, after.Status));
        return ValueTask.FromResult(Result(context, physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, CertificateProperties properties)
    {
        if (!state.Certificates.TryGet(IotState.Key(context.Call, physicalId), out _))
            return ValueTask.CompletedTask;
        certificates.Update(context.Call, new(physicalId, "INACTIVE"));
        certificates.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }

    private static Provisioned Result(ProvisionContext context, string id) => new(id, ("Arn", context.Call.Arn("iot", $"cert/{id}")), ("Id", id));
}

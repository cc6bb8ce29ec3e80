using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Iot.Devices;

namespace PipelineStacks.LocalCloud.Services.Iot.Provisioners;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-policy.html"/></summary>
internal sealed record PolicyProperties
{
    [CreateOnly]
    public string? PolicyName { get; init; }

    public required JsonObject PolicyDocument { get; init; }

    [NoLocalEffect("Kept in the template only.")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed class PolicyProvisioner(Policies policies, IotState state) : Provisioner<PolicyProperties>("AWS::IoT::Policy")
{
    protected override void Check(ProvisionContext context, PolicyProperties properties) => DevicePolicy.Parse(properties.PolicyDocument.ToJsonString());

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, PolicyProperties properties)
    {
        var policy = policies.Create(context.Call, new(properties.PolicyName ?? context.NewName(128), properties.PolicyDocument.ToJsonString()));
        return ValueTask.FromResult(Result(policy.PolicyName, policy.PolicyArn));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, PolicyProperties before, PolicyProperties after)
    {
        policies.Replace(context.Call, physicalId, after.PolicyDocument.ToJsonString());
        return ValueTask.FromResult(Result(physicalId, context.Call.Arn("iot", $"policy/{physicalId}")));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, PolicyProperties properties)
    {
        if (state.Policies.TryGet(IotState.Key(context.Call, physicalId), out _))
            policies.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }

    private static Provisioned Result(string name, string arn) => new(name, ("Arn", arn), ("Id", name));
}

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-policyprincipalattachment.html"/></summary>
internal sealed record PolicyPrincipalAttachmentProperties
{
    [CreateOnly]
    public required string PolicyName { get; init; }

    [CreateOnly]
    public required string Principal { get; init; }
}

internal sealed class PolicyPrincipalAttachmentProvisioner(Policies policies) : Provisioner<PolicyPrincipalAttachmentProperties>("AWS::IoT::PolicyPrincipalAttachment")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, PolicyPrincipalAttachmentProperties properties)
    {
        policies.Attach(context.Call, new(properties.PolicyName, properties.Principal));
        return ValueTask.FromResult(new Provisioned(context.NewName()));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, PolicyPrincipalAttachmentProperties before, PolicyPrincipalAttachmentProperties after) =>
        ValueTask.FromResult(new Provisioned(physicalId));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, PolicyPrincipalAttachmentProperties properties)
    {
        policies.Detach(context.Call, new(properties.PolicyName, properties.Principal));
        return ValueTask.CompletedTask;
    }
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Ec2.Provisioners;

internal sealed record InternetGatewayProperties
{
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::EC2::InternetGateway</c>.</summary>
internal sealed class InternetGatewayProvisioner(Ec2State state) : Provisioner<InternetGatewayProperties>("AWS::EC2::InternetGateway")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, InternetGatewayProperties properties)
    {
        context.Call.Authorize("ec2:CreateInternetGateway", context.Call.Arn("ec2", "internet-gateway/*"));
        var gateway = new InternetGatewayState(Ec2State.NewId("igw"), null, properties.Tags ?? []);
        state.InternetGateways.Put(Ec2State.Key(context.Call, gateway.Id), gateway);
        return ValueTask.FromResult(Describe(gateway.Id));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, InternetGatewayProperties before, InternetGatewayProperties after)
    {
        Find(context.Call, "CreateTags", physicalId);
        state.InternetGateways.Update(Ec2State.Key(context.Call, physicalId), gateway => gateway with { Tags = after.Tags ?? [] });
        return ValueTask.FromResult(Describe(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, InternetGatewayProperties properties)
    {
        if (Find(context.Call, "DeleteInternetGateway", physicalId).VpcId is { } vpcId)
            throw Ec2State.InUse("internetGateway", physicalId, vpcId);
        state.InternetGateways.Remove(Ec2State.Key(context.Call, physicalId));
        return ValueTask.CompletedTask;
    }

    private InternetGatewayState Find(Call call, string action, string id) =>
        Ec2State.Find(call, action, state.InternetGateways, id, "InvalidInternetGatewayID", "internetGateway");

    private static Provisioned Describe(string id) => new(id, ("InternetGatewayId", id));
}

internal sealed record GatewayAttachmentProperties
{
    [CreateOnly]
    public required string VpcId { get; init; }

    [CreateOnly]
    public required string InternetGatewayId { get; init; }
}

/// <summary><c>AWS::EC2::VPCGatewayAttachment</c> of an internet gateway.</summary>
internal sealed class GatewayAttachmentProvisioner(Ec2State state) : Provisioner<GatewayAttachmentProperties>("AWS::EC2::VPCGatewayAttachment")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, GatewayAttachmentProperties properties)
    {
        state.Vpc(context.Call, "AttachInternetGateway", properties.VpcId);
        Ec2State.Find(context.Call, "AttachInternetGateway", state.InternetGateways, properties.InternetGatewayId, "InvalidInternetGatewayID", "internetGateway");
        state.InternetGateways.Update(Ec2State.Key(context.Call, properties.InternetGatewayId), gateway => gateway.VpcId is null
            ? gateway with { VpcId = properties.VpcId }
            : throw new ServiceException("Resource.AlreadyAssociated", $"resource {gateway.Id} is already attached to network {gateway.VpcId}"));
        return ValueTask.FromResult(new Provisioned($"IGW|{properties.VpcId}", ("AttachmentType", "IGW")));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, GatewayAttachmentProperties before, GatewayAttachmentProperties after) =>
        throw new InvalidOperationException("Every property of an attachment replaces it.");

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, GatewayAttachmentProperties properties)
    {
        context.Call.Authorize("ec2:DetachInternetGateway", context.Call.Arn("ec2", $"internet-gateway/{properties.InternetGatewayId}"));
        state.InternetGateways.Update(Ec2State.Key(context.Call, properties.InternetGatewayId), gateway => gateway with { VpcId = null });
        return ValueTask.CompletedTask;
    }
}

using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Ec2.Provisioners;

internal sealed record VpcProperties
{
    [CreateOnly]
    public required string CidrBlock { get; init; }

    [NoLocalEffect(Ec2State.NoPackets)]
    public bool? EnableDnsSupport { get; init; }

    [NoLocalEffect(Ec2State.NoPackets)]
    public bool? EnableDnsHostnames { get; init; }

    [CreateOnly]
    [NoLocalEffect(Ec2State.NoPackets)]
    public string? InstanceTenancy { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::EC2::VPC</c>.</summary>
internal sealed class VpcProvisioner(Ec2State state, Vpcs vpcs) : Provisioner<VpcProperties>("AWS::EC2::VPC")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, VpcProperties properties) =>
        ValueTask.FromResult(Describe(vpcs.Create(context.Call, properties.CidrBlock, properties.EnableDnsSupport ?? true,
            properties.EnableDnsHostnames ?? false, properties.InstanceTenancy ?? "default", properties.Tags ?? [])));

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, VpcProperties before, VpcProperties after)
    {
        state.Vpc(context.Call, "ModifyVpcAttribute", physicalId);
        return ValueTask.FromResult(Describe(state.Vpcs.Update(Ec2State.Key(context.Call, physicalId), vpc => vpc with
        {
            DnsSupport = after.EnableDnsSupport ?? true,
            DnsHostnames = after.EnableDnsHostnames ?? false,
            Tags = after.Tags ?? [],
        })!));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, VpcProperties properties)
    {
        vpcs.Delete(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(VpcState vpc) => new(vpc.Id,
        ("VpcId", vpc.Id), ("CidrBlock", vpc.CidrBlock), ("CidrBlockAssociations", new JsonArray(NetworkDescriptions.AssociationId(vpc))),
        ("DefaultNetworkAcl", vpc.NetworkAcl), ("DefaultSecurityGroup", vpc.DefaultSecurityGroup), ("Ipv6CidrBlocks", new JsonArray()));
}

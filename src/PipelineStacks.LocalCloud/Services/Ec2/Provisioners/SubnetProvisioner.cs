using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Ec2.Provisioners;

internal sealed record SubnetProperties
{
    [CreateOnly]
    public required string VpcId { get; init; }

    [CreateOnly]
    public required string CidrBlock { get; init; }

    [CreateOnly]
    public string? AvailabilityZone { get; init; }

    [NoLocalEffect(Ec2State.NoPackets)]
    public bool? MapPublicIpOnLaunch { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::EC2::Subnet</c>.</summary>
internal sealed class SubnetProvisioner(Ec2State state, Subnets subnets) : Provisioner<SubnetProperties>("AWS::EC2::Subnet")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SubnetProperties properties) =>
        ValueTask.FromResult(Describe(context, subnets.Create(context.Call, properties.VpcId, properties.CidrBlock, properties.AvailabilityZone,
            properties.MapPublicIpOnLaunch ?? false, properties.Tags ?? [])));

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, SubnetProperties before, SubnetProperties after)
    {
        state.Subnet(context.Call, "ModifySubnetAttribute", physicalId);
        return ValueTask.FromResult(Describe(context, state.Subnets.Update(Ec2State.Key(context.Call, physicalId),
            subnet => subnet with { MapPublicIp = after.MapPublicIpOnLaunch ?? false, Tags = after.Tags ?? [] })!));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SubnetProperties properties)
    {
        subnets.Delete(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(ProvisionContext context, SubnetState subnet) => new(subnet.Id,
        ("SubnetId", subnet.Id), ("VpcId", subnet.VpcId), ("CidrBlock", subnet.CidrBlock), ("AvailabilityZone", subnet.Zone),
        ("AvailabilityZoneId", Ec2State.Zones(context.Call.Region).First(zone => zone.Name == subnet.Zone).Id), ("Ipv6CidrBlocks", new JsonArray()),
        ("NetworkAclAssociationId", "aclassoc-" + subnet.Id["subnet-".Length..]), ("OutpostArn", ""));
}

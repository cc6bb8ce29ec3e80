using System.Collections.Immutable;
using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Ec2;

internal sealed record VpcState(
    string Id, string CidrBlock, bool DnsSupport, bool DnsHostnames, string Tenancy, string DefaultSecurityGroup, string NetworkAcl, IReadOnlyList<Tag> Tags);

internal sealed record SubnetState(string Id, string VpcId, string CidrBlock, string Zone, bool MapPublicIp, IReadOnlyList<Tag> Tags);

/// <param name="MainAssociation">The id of the association with the VPC, for the table that subnets without one of their own use.</param>
/// <param name="Associations">Subnets by association id.</param>
internal sealed record RouteTableState(
    string Id, string VpcId, string? MainAssociation, ImmutableList<RouteState> Routes, ImmutableSortedDictionary<string, string> Associations, IReadOnlyList<Tag> Tags);

internal sealed record RouteState(string Destination, string GatewayId);

internal sealed record SecurityGroupState(
    string Id, string VpcId, string Name, string Description, ImmutableList<RuleState> Rules, IReadOnlyList<Tag> Tags);

/// <summary>What a rule admits: a protocol's ports, from or to one peer.</summary>
internal sealed record RuleState(
    string Id, bool IsEgress, string Protocol, int? FromPort, int? ToPort, string? CidrIp, string? CidrIpv6, string? PrefixListId, string? GroupId, string? Description)
{
    /// <summary>Whether both admit the same; ids and descriptions don't matter.</summary>
    public bool Admits(RuleState other) => this with { Id = "", Description = null } == other with { Id = "", Description = null };
}

internal sealed record EndpointState(
    string Id, string VpcId, string ServiceName, string Type, string Policy, IReadOnlyList<string> RouteTableIds, IReadOnlyList<string> SubnetIds,
    IReadOnlyList<string> GroupIds, bool PrivateDns, IReadOnlyList<string> NetworkInterfaceIds, DateTimeOffset Created, IReadOnlyList<Tag> Tags);

internal sealed record FlowLogState(
    string Id, string ResourceId, string TrafficType, string DestinationType, string? LogGroupName, string? Destination, string? RoleArn, string? Format,
    int MaxAggregationInterval, DateTimeOffset Created, IReadOnlyList<Tag> Tags);

internal sealed record InternetGatewayState(string Id, string? VpcId, IReadOnlyList<Tag> Tags);

internal sealed class Ec2State(StateStore store)
{
    /// <summary>Why properties of networks are kept and shown, and do nothing.</summary>
    public const string NoPackets = "Kept and shown. Local services listen on the loopback address; no packet passes through a local VPC.";

    public StateCollection<VpcState> Vpcs { get; } = store.Open<VpcState>("ec2", "vpcs");
    public StateCollection<SubnetState> Subnets { get; } = store.Open<SubnetState>("ec2", "subnets");
    public StateCollection<RouteTableState> RouteTables { get; } = store.Open<RouteTableState>("ec2", "route-tables");
    public StateCollection<SecurityGroupState> SecurityGroups { get; } = store.Open<SecurityGroupState>("ec2", "security-groups");
    public StateCollection<EndpointState> Endpoints { get; } = store.Open<EndpointState>("ec2", "vpc-endpoints");
    public StateCollection<FlowLogState> FlowLogs { get; } = store.Open<FlowLogState>("ec2", "flow-logs");
    public StateCollection<InternetGatewayState> InternetGateways { get; } = store.Open<InternetGatewayState>("ec2", "internet-gateways");

    public static ResourceKey Key(Call call, string id) => new(call.Account, call.Region, id);

    /// <summary>An id as EC2 makes them: <c>vpc-0123456789abcdef0</c>.</summary>
    public static string NewId(string kind) => $"{kind}-0{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    /// <summary>The Region's zones, and their ids that are the same in every account.</summary>
    public static IEnumerable<(string Name, string Id)> Zones(string region)
    {
        var parts = region.Split('-');
        var prefix = parts.Length < 3 ? region : $"{parts[0]}{parts[1][0]}{parts[^1]}";
        return "abc".Select((letter, index) => ($"{region}{letter}", $"{prefix}-az{index + 1}"));
    }

    /// <summary>The resource, for a call that may do the action with it.</summary>
    /// <param name="kind">As the error code names it: <c>InvalidVpcID</c>.</param>
    public static T Find<T>(Call call, string action, StateCollection<T> all, string id, string kind, string what) where T : class
    {
        call.Authorize($"ec2:{action}", call.Arn("ec2", $"{what.Replace(' ', '-')}/{id}"));
        return all.TryGet(Key(call, id), out var found) ? found : throw new ServiceException($"{kind}.NotFound", $"The {what} ID '{id}' does not exist");
    }

    public VpcState Vpc(Call call, string action, string id) => Find(call, action, Vpcs, id, "InvalidVpcID", "vpc");

    public SubnetState Subnet(Call call, string action, string id) => Find(call, action, Subnets, id, "InvalidSubnetID", "subnet");

    public RouteTableState RouteTable(Call call, string action, string id) => Find(call, action, RouteTables, id, "InvalidRouteTableID", "route table");

    public SecurityGroupState SecurityGroup(Call call, string action, string id) => Find(call, action, SecurityGroups, id, "InvalidGroup", "security group");

    public static ServiceException InUse(string what, string id, string by) =>
        new("DependencyViolation", $"The {what} '{id}' has dependencies and cannot be deleted: {by}.");
}

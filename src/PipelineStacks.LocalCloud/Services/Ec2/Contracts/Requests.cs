namespace PipelineStacks.LocalCloud.Services.Ec2.Contracts;

/// <summary>A condition on what is described: one of the values, each with <c>*</c> and <c>?</c> as wildcards.</summary>
internal sealed record Filter(string Name, IReadOnlyList<string> Value);

/// <summary>What every Describe operation takes.</summary>
internal record DescribeRequest
{
    public IReadOnlyList<Filter>? Filter { get; init; }
    public int? MaxResults { get; init; }
    public string? NextToken { get; init; }
}

internal sealed record DescribeVpcsRequest : DescribeRequest
{
    public IReadOnlyList<string>? VpcId { get; init; }
}

internal sealed record DescribeSubnetsRequest : DescribeRequest
{
    public IReadOnlyList<string>? SubnetId { get; init; }
}

internal sealed record DescribeRouteTablesRequest : DescribeRequest
{
    public IReadOnlyList<string>? RouteTableId { get; init; }
}

internal sealed record DescribeSecurityGroupsRequest : DescribeRequest
{
    public IReadOnlyList<string>? GroupId { get; init; }
    public IReadOnlyList<string>? GroupName { get; init; }
}

internal sealed record DescribeVpcEndpointsRequest : DescribeRequest
{
    public IReadOnlyList<string>? VpcEndpointId { get; init; }
}

internal sealed record DescribeFlowLogsRequest : DescribeRequest
{
    public IReadOnlyList<string>? FlowLogId { get; init; }
}

internal sealed record DescribeInternetGatewaysRequest : DescribeRequest
{
    public IReadOnlyList<string>? InternetGatewayId { get; init; }
}

internal sealed record DescribeAvailabilityZonesRequest
{
    public IReadOnlyList<Filter>? Filter { get; init; }
    public IReadOnlyList<string>? ZoneName { get; init; }
    public IReadOnlyList<string>? ZoneId { get; init; }
    public bool? AllAvailabilityZones { get; init; }
}

internal sealed record SecurityGroupRulesRequest
{
    public required string GroupId { get; init; }
    public required IReadOnlyList<IpPermission> IpPermissions { get; init; }
}

internal sealed record RuleChangeResponse(bool Return);

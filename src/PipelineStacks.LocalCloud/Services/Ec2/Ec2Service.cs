using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Ec2.Contracts;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>What is there of EC2: the networks that templates make, to be looked up.</summary>
internal sealed class Ec2Service(NetworkDescriptions networks, AccessDescriptions access) : IQueryService
{
    public string SigningName => "ec2";

    public string XmlNamespace => "http://ec2.amazonaws.com/doc/2016-11-15/";

    public bool IsEc2 => true;

    public OperationTable Operations { get; } = new OperationTable("EC2", Wire.Ec2)
        .Add<DescribeVpcsRequest, DescribeVpcsResponse>("DescribeVpcs", networks.Vpcs)
        .Add<DescribeSubnetsRequest, DescribeSubnetsResponse>("DescribeSubnets", networks.Subnets)
        .Add<DescribeRouteTablesRequest, DescribeRouteTablesResponse>("DescribeRouteTables", networks.RouteTables)
        .Add<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResponse>("DescribeInternetGateways", networks.InternetGateways)
        .Add<DescribeRequest, DescribeVpnGatewaysResponse>("DescribeVpnGateways", NetworkDescriptions.VpnGateways)
        .Add<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse>("DescribeAvailabilityZones", NetworkDescriptions.AvailabilityZones)
        .Add<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse>("DescribeSecurityGroups", access.SecurityGroups)
        .Add<DescribeVpcEndpointsRequest, DescribeVpcEndpointsResponse>("DescribeVpcEndpoints", access.Endpoints)
        .Add<DescribeFlowLogsRequest, DescribeFlowLogsResponse>("DescribeFlowLogs", access.FlowLogs)
        .Add<SecurityGroupRulesRequest, RuleChangeResponse>("AuthorizeSecurityGroupIngress", (call, request) => access.Authorize(call, request, egress: false))
        .Add<SecurityGroupRulesRequest, RuleChangeResponse>("AuthorizeSecurityGroupEgress", (call, request) => access.Authorize(call, request, egress: true))
        .Add<SecurityGroupRulesRequest, RuleChangeResponse>("RevokeSecurityGroupIngress", (call, request) => access.Revoke(call, request, egress: false))
        .Add<SecurityGroupRulesRequest, RuleChangeResponse>("RevokeSecurityGroupEgress", (call, request) => access.Revoke(call, request, egress: true));

    public string ItemName(string list) => "item";
}

namespace PipelineStacks.LocalCloud.Services.Ec2.Contracts;

internal sealed record Vpc(
    string VpcId, string OwnerId, string State, string CidrBlock, IReadOnlyList<VpcCidrBlockAssociation> CidrBlockAssociationSet, string DhcpOptionsId,
    string InstanceTenancy, bool IsDefault, IReadOnlyList<Tag> TagSet);

internal sealed record VpcCidrBlockAssociation(string AssociationId, string CidrBlock, CidrBlockState CidrBlockState);

internal sealed record CidrBlockState(string State);

internal sealed record DescribeVpcsResponse(IReadOnlyList<Vpc> VpcSet, string? NextToken);

internal sealed record Subnet(
    string SubnetId, string SubnetArn, string OwnerId, string State, string VpcId, string CidrBlock, long AvailableIpAddressCount, string AvailabilityZone,
    string AvailabilityZoneId, bool DefaultForAz, bool MapPublicIpOnLaunch, IReadOnlyList<Tag> TagSet);

internal sealed record DescribeSubnetsResponse(IReadOnlyList<Subnet> SubnetSet, string? NextToken);

internal sealed record RouteTable(
    string RouteTableId, string VpcId, string OwnerId, IReadOnlyList<Route> RouteSet, IReadOnlyList<RouteTableAssociation> AssociationSet,
    IReadOnlyList<Tag> TagSet);

internal sealed record Route(string DestinationCidrBlock, string GatewayId, string State, string Origin);

internal sealed record RouteTableAssociation(
    string RouteTableAssociationId, string RouteTableId, string? SubnetId, bool Main, RouteTableAssociationState AssociationState);

internal sealed record RouteTableAssociationState(string State);

internal sealed record DescribeRouteTablesResponse(IReadOnlyList<RouteTable> RouteTableSet, string? NextToken);

internal sealed record SecurityGroup(
    string OwnerId, string GroupId, string GroupName, string GroupDescription, string VpcId, IReadOnlyList<IpPermission> IpPermissions,
    IReadOnlyList<IpPermission> IpPermissionsEgress, IReadOnlyList<Tag> TagSet);

/// <summary>Rules of one protocol and range of ports, by their peers.</summary>
internal sealed record IpPermission
{
    public required string IpProtocol { get; init; }
    public int? FromPort { get; init; }
    public int? ToPort { get; init; }
    public IReadOnlyList<GroupPair>? Groups { get; init; }
    public IReadOnlyList<IpRange>? IpRanges { get; init; }
    public IReadOnlyList<Ipv6Range>? Ipv6Ranges { get; init; }
    public IReadOnlyList<PrefixList>? PrefixListIds { get; init; }
}

internal sealed record GroupPair
{
    public required string GroupId { get; init; }
    public string? UserId { get; init; }
    public string? Description { get; init; }
}

internal sealed record IpRange(string CidrIp, string? Description = null);

internal sealed record Ipv6Range(string CidrIpv6, string? Description = null);

internal sealed record PrefixList(string PrefixListId, string? Description = null);

internal sealed record DescribeSecurityGroupsResponse(IReadOnlyList<SecurityGroup> SecurityGroupInfo, string? NextToken);

internal sealed record VpcEndpoint(
    string VpcEndpointId, string VpcEndpointType, string VpcId, string ServiceName, string State, string PolicyDocument, IReadOnlyList<string> RouteTableIdSet,
    IReadOnlyList<string> SubnetIdSet, IReadOnlyList<EndpointGroup> GroupSet, bool PrivateDnsEnabled, IReadOnlyList<string> NetworkInterfaceIdSet,
    DateTimeOffset CreationTimestamp, string OwnerId, IReadOnlyList<Tag> TagSet);

internal sealed record EndpointGroup(string GroupId, string GroupName);

internal sealed record DescribeVpcEndpointsResponse(IReadOnlyList<VpcEndpoint> VpcEndpointSet, string? NextToken);

internal sealed record FlowLog(
    string FlowLogId, string FlowLogStatus, string ResourceId, string TrafficType, string LogDestinationType, string? LogGroupName, string? LogDestination,
    string? DeliverLogsPermissionArn, string DeliverLogsStatus, string? LogFormat, int MaxAggregationInterval, DateTimeOffset CreationTime,
    IReadOnlyList<Tag> TagSet);

internal sealed record DescribeFlowLogsResponse(IReadOnlyList<FlowLog> FlowLogSet, string? NextToken);

internal sealed record InternetGateway(string InternetGatewayId, string OwnerId, IReadOnlyList<GatewayAttachment> AttachmentSet, IReadOnlyList<Tag> TagSet);

internal sealed record GatewayAttachment(string VpcId, string State);

internal sealed record DescribeInternetGatewaysResponse(IReadOnlyList<InternetGateway> InternetGatewaySet, string? NextToken);

internal sealed record DescribeVpnGatewaysResponse(IReadOnlyList<InternetGateway> VpnGatewaySet);

internal sealed record AvailabilityZone(
    string ZoneName, string ZoneId, string ZoneState, string RegionName, string ZoneType, string OptInStatus, string GroupName, string NetworkBorderGroup);

internal sealed record DescribeAvailabilityZonesResponse(IReadOnlyList<AvailabilityZone> AvailabilityZoneInfo);

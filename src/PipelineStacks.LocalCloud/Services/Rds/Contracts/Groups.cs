namespace PipelineStacks.LocalCloud.Services.Rds.Contracts;

internal sealed record DescribeDBParameterGroupsRequest
{
    public string? DBParameterGroupName { get; init; }
    public int? MaxRecords { get; init; }
    public string? Marker { get; init; }
}

internal sealed record DBParameterGroup(string DBParameterGroupName, string DBParameterGroupFamily, string Description, string DBParameterGroupArn);

internal sealed record DescribeDBParameterGroupsResponse(IReadOnlyList<DBParameterGroup> DBParameterGroups, string? Marker);

internal sealed record DescribeDBParametersRequest
{
    public required string DBParameterGroupName { get; init; }
    public string? Source { get; init; }
    public int? MaxRecords { get; init; }
    public string? Marker { get; init; }
}

internal sealed record Parameter(
    string ParameterName, string? ParameterValue, string? Description, string Source, string ApplyType, bool IsModifiable, string ApplyMethod);

internal sealed record DescribeDBParametersResponse(IReadOnlyList<Parameter> Parameters, string? Marker);

internal sealed record DescribeDBSubnetGroupsRequest
{
    public string? DBSubnetGroupName { get; init; }
    public int? MaxRecords { get; init; }
    public string? Marker { get; init; }
}

internal sealed record DBSubnetGroup(
    string DBSubnetGroupName, string DBSubnetGroupDescription, string VpcId, string SubnetGroupStatus, IReadOnlyList<DBSubnet> Subnets, string DBSubnetGroupArn);

internal sealed record DBSubnet(string SubnetIdentifier, DBAvailabilityZone SubnetAvailabilityZone, string SubnetStatus);

internal sealed record DBAvailabilityZone(string Name);

internal sealed record DescribeDBSubnetGroupsResponse(IReadOnlyList<DBSubnetGroup> DBSubnetGroups, string? Marker);

internal sealed record DescribeDBEngineVersionsRequest
{
    public string? Engine { get; init; }
    public string? EngineVersion { get; init; }
    public string? DBParameterGroupFamily { get; init; }
    public bool? DefaultOnly { get; init; }
    public bool? IncludeAll { get; init; }
    public int? MaxRecords { get; init; }
    public string? Marker { get; init; }
}

internal sealed record DBEngineVersion(string Engine, string EngineVersion, string DBParameterGroupFamily, string DBEngineDescription, string Status);

internal sealed record DescribeDBEngineVersionsResponse(IReadOnlyList<DBEngineVersion> DBEngineVersions, string? Marker);

internal sealed record ListTagsForResourceRequest
{
    public required string ResourceName { get; init; }
}

internal sealed record ListTagsForResourceResponse(IReadOnlyList<Tag> TagList);

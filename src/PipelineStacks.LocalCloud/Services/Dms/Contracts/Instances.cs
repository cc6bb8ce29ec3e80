namespace PipelineStacks.LocalCloud.Services.Dms.Contracts;

internal sealed record Filter(string Name, IReadOnlyList<string> Values);

/// <summary>What all describing operations take.</summary>
internal record DescribeRequest
{
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal record ReplicationInstanceSettings
{
    public int? AllocatedStorage { get; init; }

    public bool? AllowMajorVersionUpgrade { get; init; }

    public bool? AutoMinorVersionUpgrade { get; init; }

    public string? EngineVersion { get; init; }

    public bool? MultiAZ { get; init; }

    public string? NetworkType { get; init; }

    public string? PreferredMaintenanceWindow { get; init; }

    public string? ReplicationInstanceClass { get; init; }

    public string? ReplicationInstanceIdentifier { get; init; }

    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }
}

internal sealed record CreateReplicationInstanceRequest : ReplicationInstanceSettings
{
    public string? AvailabilityZone { get; init; }

    public string? KmsKeyId { get; init; }

    public bool? PubliclyAccessible { get; init; }

    public string? ReplicationSubnetGroupIdentifier { get; init; }

    public string? ResourceIdentifier { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ModifyReplicationInstanceRequest : ReplicationInstanceSettings
{
    public required string ReplicationInstanceArn { get; init; }

    public bool? ApplyImmediately { get; init; }
}

internal sealed record DeleteReplicationInstanceRequest(string ReplicationInstanceArn);

internal sealed record VpcSecurityGroupMembership(string VpcSecurityGroupId, string Status);

internal sealed record ReplicationInstance
{
    public required string ReplicationInstanceIdentifier { get; init; }

    public required string ReplicationInstanceArn { get; init; }

    public required string ReplicationInstanceClass { get; init; }

    public string ReplicationInstanceStatus { get; init; } = "available";

    public int AllocatedStorage { get; init; }

    public DateTimeOffset InstanceCreateTime { get; init; }

    public IReadOnlyList<VpcSecurityGroupMembership> VpcSecurityGroups { get; init; } = [];

    public string? AvailabilityZone { get; init; }

    public ReplicationSubnetGroup? ReplicationSubnetGroup { get; init; }

    public required string PreferredMaintenanceWindow { get; init; }

    public bool MultiAZ { get; init; }

    public required string EngineVersion { get; init; }

    public bool AutoMinorVersionUpgrade { get; init; }

    public string? KmsKeyId { get; init; }

    public IReadOnlyList<string> ReplicationInstancePrivateIpAddresses { get; init; } = ["127.0.0.1"];

    public bool PubliclyAccessible { get; init; }

    public string NetworkType { get; init; } = "IPV4";
}

internal sealed record ReplicationInstanceResponse(ReplicationInstance ReplicationInstance);

internal sealed record DescribeReplicationInstancesResponse(IReadOnlyList<ReplicationInstance> ReplicationInstances, string? Marker);

internal sealed record OrderableReplicationInstance(
    string EngineVersion, string ReplicationInstanceClass, string StorageType, int MinAllocatedStorage, int MaxAllocatedStorage,
    int DefaultAllocatedStorage, int IncludedAllocatedStorage, IReadOnlyList<string> AvailabilityZones);

internal sealed record DescribeOrderableReplicationInstancesResponse(IReadOnlyList<OrderableReplicationInstance> OrderableReplicationInstances, string? Marker);

internal sealed record CreateReplicationSubnetGroupRequest(
    string ReplicationSubnetGroupIdentifier, string ReplicationSubnetGroupDescription, IReadOnlyList<string> SubnetIds, IReadOnlyList<Tag>? Tags = null);

internal sealed record ModifyReplicationSubnetGroupRequest(
    string ReplicationSubnetGroupIdentifier, IReadOnlyList<string> SubnetIds, string? ReplicationSubnetGroupDescription = null);

internal sealed record DeleteReplicationSubnetGroupRequest(string ReplicationSubnetGroupIdentifier);

internal sealed record AvailabilityZone(string Name);

internal sealed record Subnet(string SubnetIdentifier, AvailabilityZone SubnetAvailabilityZone, string SubnetStatus);

internal sealed record ReplicationSubnetGroup(
    string ReplicationSubnetGroupIdentifier, string ReplicationSubnetGroupDescription, string? VpcId, string SubnetGroupStatus, IReadOnlyList<Subnet> Subnets);

internal sealed record ReplicationSubnetGroupResponse(ReplicationSubnetGroup ReplicationSubnetGroup);

internal sealed record DescribeReplicationSubnetGroupsResponse(IReadOnlyList<ReplicationSubnetGroup> ReplicationSubnetGroups, string? Marker);

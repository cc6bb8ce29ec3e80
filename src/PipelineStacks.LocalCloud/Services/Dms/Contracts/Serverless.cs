using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Dms.Contracts;

internal sealed record ComputeConfig
{
    [NoLocalEffect("There is one machine.")]
    public string? AvailabilityZone { get; init; }

    [NoLocalEffect("This machine's resolver is used.")]
    public string? DnsNameServers { get; init; }

    [NoLocalEffect("What is on its way lies unencrypted on this machine's disk.")]
    public string? KmsKeyId { get; init; }

    [NoLocalEffect("Replications are as fast as this machine; the units are checked and described.")]
    public int? MaxCapacityUnits { get; init; }

    [NoLocalEffect("Replications are as fast as this machine; the units are checked and described.")]
    public int? MinCapacityUnits { get; init; }

    [NoLocalEffect("There is one machine.")]
    public bool? MultiAZ { get; init; }

    [NoLocalEffect("There is no maintenance.")]
    public string? PreferredMaintenanceWindow { get; init; }

    public string? ReplicationSubnetGroupId { get; init; }

    [NoLocalEffect("Only the loopback address is used.")]
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }
}

internal sealed record CreateReplicationConfigRequest
{
    public required string ReplicationConfigIdentifier { get; init; }

    public required string SourceEndpointArn { get; init; }

    public required string TargetEndpointArn { get; init; }

    public required ComputeConfig ComputeConfig { get; init; }

    public required string ReplicationType { get; init; }

    public required string TableMappings { get; init; }

    public string? ReplicationSettings { get; init; }

    public string? SupplementalSettings { get; init; }

    public string? ResourceIdentifier { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ModifyReplicationConfigRequest
{
    public required string ReplicationConfigArn { get; init; }

    public string? ReplicationConfigIdentifier { get; init; }

    public string? SourceEndpointArn { get; init; }

    public string? TargetEndpointArn { get; init; }

    public ComputeConfig? ComputeConfig { get; init; }

    public string? ReplicationType { get; init; }

    public string? TableMappings { get; init; }

    public string? ReplicationSettings { get; init; }

    public string? SupplementalSettings { get; init; }
}

internal sealed record ReplicationConfigRequest(string ReplicationConfigArn);

internal sealed record ReplicationConfig
{
    public required string ReplicationConfigIdentifier { get; init; }

    public required string ReplicationConfigArn { get; init; }

    public required string SourceEndpointArn { get; init; }

    public required string TargetEndpointArn { get; init; }

    public required string ReplicationType { get; init; }

    public required ComputeConfig ComputeConfig { get; init; }

    public required string ReplicationSettings { get; init; }

    public string? SupplementalSettings { get; init; }

    public required string TableMappings { get; init; }

    public DateTimeOffset ReplicationConfigCreateTime { get; init; }

    public DateTimeOffset ReplicationConfigUpdateTime { get; init; }

    public bool IsReadOnly { get; init; }
}

internal sealed record ReplicationConfigResponse(ReplicationConfig ReplicationConfig);

internal sealed record DescribeReplicationConfigsResponse(IReadOnlyList<ReplicationConfig> ReplicationConfigs, string? Marker);

internal sealed record StartReplicationRequest
{
    public required string ReplicationConfigArn { get; init; }

    public required string StartReplicationType { get; init; }

    public string? PremigrationAssessmentSettings { get; init; }

    public DateTimeOffset? CdcStartTime { get; init; }

    public string? CdcStartPosition { get; init; }

    public string? CdcStopPosition { get; init; }
}

internal sealed record ProvisionData(string ProvisionState, int ProvisionedCapacityUnits, DateTimeOffset? DateProvisioned, bool IsNewProvisioningAvailable = false);

internal sealed record Replication
{
    public required string ReplicationConfigIdentifier { get; init; }

    public required string ReplicationConfigArn { get; init; }

    public required string SourceEndpointArn { get; init; }

    public required string TargetEndpointArn { get; init; }

    public required string ReplicationType { get; init; }

    public required string Status { get; init; }

    public ProvisionData? ProvisionData { get; init; }

    public string? StopReason { get; init; }

    public IReadOnlyList<string> FailureMessages { get; init; } = [];

    public ReplicationTaskStats? ReplicationStats { get; init; }

    public string? CdcStartPosition { get; init; }

    public string? RecoveryCheckpoint { get; init; }

    public DateTimeOffset ReplicationCreateTime { get; init; }

    public DateTimeOffset ReplicationUpdateTime { get; init; }

    public bool IsReadOnly { get; init; }
}

internal sealed record ReplicationResponse(Replication Replication);

internal sealed record DescribeReplicationsResponse(IReadOnlyList<Replication> Replications, string? Marker);

internal sealed record DescribeReplicationTableStatisticsRequest : DescribeRequest
{
    public required string ReplicationConfigArn { get; init; }
}

internal sealed record DescribeReplicationTableStatisticsResponse(
    string ReplicationConfigArn, IReadOnlyList<TableStatistics> ReplicationTableStatistics, string? Marker);

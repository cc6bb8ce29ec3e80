namespace PipelineStacks.LocalCloud.Services.Dms.Contracts;

internal sealed record CreateReplicationTaskRequest
{
    public required string ReplicationTaskIdentifier { get; init; }

    public required string SourceEndpointArn { get; init; }

    public required string TargetEndpointArn { get; init; }

    public required string ReplicationInstanceArn { get; init; }

    public required string MigrationType { get; init; }

    public required string TableMappings { get; init; }

    public string? ReplicationTaskSettings { get; init; }

    public DateTimeOffset? CdcStartTime { get; init; }

    public string? CdcStartPosition { get; init; }

    public string? CdcStopPosition { get; init; }

    public string? TaskData { get; init; }

    public string? ResourceIdentifier { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ModifyReplicationTaskRequest
{
    public required string ReplicationTaskArn { get; init; }

    public string? ReplicationTaskIdentifier { get; init; }

    public string? MigrationType { get; init; }

    public string? TableMappings { get; init; }

    public string? ReplicationTaskSettings { get; init; }

    public DateTimeOffset? CdcStartTime { get; init; }

    public string? CdcStartPosition { get; init; }

    public string? CdcStopPosition { get; init; }

    public string? TaskData { get; init; }
}

internal sealed record StartReplicationTaskRequest
{
    public required string ReplicationTaskArn { get; init; }

    public required string StartReplicationTaskType { get; init; }

    public DateTimeOffset? CdcStartTime { get; init; }

    public string? CdcStartPosition { get; init; }

    public string? CdcStopPosition { get; init; }
}

internal sealed record ReplicationTaskRequest(string ReplicationTaskArn);

internal sealed record DescribeReplicationTasksRequest : DescribeRequest
{
    public bool? WithoutSettings { get; init; }
}

internal sealed record ReplicationTaskStats
{
    public int FullLoadProgressPercent { get; init; }

    public long ElapsedTimeMillis { get; init; }

    public int TablesLoaded { get; init; }

    public int TablesLoading { get; init; }

    public int TablesQueued { get; init; }

    public int TablesErrored { get; init; }

    public DateTimeOffset? FreshStartDate { get; init; }

    public DateTimeOffset? StartDate { get; init; }

    public DateTimeOffset? StopDate { get; init; }

    public DateTimeOffset? FullLoadStartDate { get; init; }

    public DateTimeOffset? FullLoadFinishDate { get; init; }
}

internal sealed record ReplicationTask
{
    public required string ReplicationTaskIdentifier { get; init; }

    public required string SourceEndpointArn { get; init; }

    public required string TargetEndpointArn { get; init; }

    public required string ReplicationInstanceArn { get; init; }

    public required string MigrationType { get; init; }

    public string? TableMappings { get; init; }

    public string? ReplicationTaskSettings { get; init; }

    public required string Status { get; init; }

    public string? LastFailureMessage { get; init; }

    public string? StopReason { get; init; }

    public DateTimeOffset ReplicationTaskCreationDate { get; init; }

    public DateTimeOffset? ReplicationTaskStartDate { get; init; }

    public string? CdcStartPosition { get; init; }

    public string? CdcStopPosition { get; init; }

    public string? RecoveryCheckpoint { get; init; }

    public required string ReplicationTaskArn { get; init; }

    public ReplicationTaskStats? ReplicationTaskStats { get; init; }

    public string? TaskData { get; init; }
}

internal sealed record ReplicationTaskResponse(ReplicationTask ReplicationTask);

internal sealed record DescribeReplicationTasksResponse(IReadOnlyList<ReplicationTask> ReplicationTasks, string? Marker);

internal sealed record TableToReload(string SchemaName, string TableName);

internal sealed record ReloadTablesRequest(string ReplicationTaskArn, IReadOnlyList<TableToReload> TablesToReload, string? ReloadOption = null);

internal sealed record ReloadTablesResponse(string ReplicationTaskArn);

internal sealed record DescribeTableStatisticsRequest : DescribeRequest
{
    public required string ReplicationTaskArn { get; init; }
}

internal sealed record TableStatistics
{
    public required string SchemaName { get; init; }

    public required string TableName { get; init; }

    public long Inserts { get; init; }

    public long Deletes { get; init; }

    public long Updates { get; init; }

    public long Ddls { get; init; }

    public long AppliedInserts { get; init; }

    public long AppliedDeletes { get; init; }

    public long AppliedUpdates { get; init; }

    public long AppliedDdls { get; init; }

    public long FullLoadRows { get; init; }

    public long FullLoadCondtnlChkFailedRows { get; init; }

    public long FullLoadErrorRows { get; init; }

    public DateTimeOffset? FullLoadStartTime { get; init; }

    public DateTimeOffset? FullLoadEndTime { get; init; }

    public bool FullLoadReloaded { get; init; }

    public DateTimeOffset? LastUpdateTime { get; init; }

    public required string TableState { get; init; }

    public long ValidationPendingRecords { get; init; }

    public long ValidationFailedRecords { get; init; }

    public long ValidationSuspendedRecords { get; init; }

    public string ValidationState { get; init; } = "Not enabled";
}

internal sealed record DescribeTableStatisticsResponse(string ReplicationTaskArn, IReadOnlyList<TableStatistics> TableStatistics, string? Marker);

namespace PipelineStacks.Aws.Dms;

/// <summary>A replication task.</summary>
public sealed record ReplicationTask
{
    /// <summary>The task's name, in lower case.</summary>
    public required string ReplicationTaskIdentifier { get; init; }

    /// <summary>What calls name the task by.</summary>
    public required string ReplicationTaskArn { get; init; }

    /// <summary><c>creating</c>, <c>ready</c>, <c>starting</c>, <c>running</c>, <c>stopping</c>, <c>stopped</c>, <c>failed</c> and others.</summary>
    public required string Status { get; init; }

    /// <summary>Such as <c>full-load-and-cdc</c>.</summary>
    public string? MigrationType { get; init; }

    /// <summary>Where rows come from.</summary>
    public required string SourceEndpointArn { get; init; }

    /// <summary>Where rows go.</summary>
    public required string TargetEndpointArn { get; init; }

    /// <summary>The instance that the task runs on; null where it is serverless.</summary>
    public string? ReplicationInstanceArn { get; init; }

    /// <summary>Why the task stopped, such as <c>Stop Reason NORMAL</c>.</summary>
    public string? StopReason { get; init; }

    /// <summary>What went wrong.</summary>
    public string? LastFailureMessage { get; init; }

    /// <summary>When the task was last started.</summary>
    public DateTimeOffset? ReplicationTaskStartDate { get; init; }

    /// <summary>The task's settings, as JSON.</summary>
    public string? ReplicationTaskSettings { get; init; }

    /// <summary>The tables' progress, summed up.</summary>
    public ReplicationTaskStats? ReplicationTaskStats { get; init; }
}

/// <summary>A serverless replication.</summary>
public sealed record Replication
{
    /// <summary>The configuration's name.</summary>
    public required string ReplicationConfigIdentifier { get; init; }

    /// <summary>What calls name the replication by.</summary>
    public required string ReplicationConfigArn { get; init; }

    /// <summary><c>created</c>, <c>initializing</c>, <c>testing_connection</c>, <c>provisioning_capacity</c>, <c>running</c>, <c>stopped</c>, <c>failed</c> and others.</summary>
    public required string Status { get; init; }

    /// <summary>Such as <c>full-load-and-cdc</c>.</summary>
    public string? ReplicationType { get; init; }

    /// <summary>Where rows come from.</summary>
    public required string SourceEndpointArn { get; init; }

    /// <summary>Where rows go.</summary>
    public required string TargetEndpointArn { get; init; }

    /// <summary>Why the replication stopped.</summary>
    public string? StopReason { get; init; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<string>? FailureMessages { get; init; }

    /// <summary>The tables' progress, summed up.</summary>
    public ReplicationTaskStats? ReplicationStats { get; init; }
}

/// <summary>How far a task is.</summary>
public sealed record ReplicationTaskStats
{
    /// <summary>When the task was last stopped.</summary>
    public DateTimeOffset? StopDate { get; init; }

    /// <summary>From 0 to 100.</summary>
    public int FullLoadProgressPercent { get; init; }

    /// <summary>Tables whose full load is done.</summary>
    public int TablesLoaded { get; init; }

    /// <summary>Tables whose full load is under way.</summary>
    public int TablesLoading { get; init; }

    /// <summary>Tables whose full load is yet to begin.</summary>
    public int TablesQueued { get; init; }

    /// <summary>Tables that could not be replicated.</summary>
    public int TablesErrored { get; init; }

    /// <summary>When the replication was last started.</summary>
    public DateTimeOffset? StartDate { get; init; }
}

/// <summary>What a task did to one table.</summary>
public sealed record TableStatistics
{
    /// <summary>The source's schema: for MySQL, its database.</summary>
    public required string SchemaName { get; init; }

    /// <summary>The source's table.</summary>
    public required string TableName { get; init; }

    /// <summary>Such as <c>Table completed</c>, <c>Full load</c> or <c>Table error</c>.</summary>
    public string TableState { get; init; } = "";

    /// <summary>Rows of the full load.</summary>
    public long FullLoadRows { get; init; }

    /// <summary>Rows that could not be loaded.</summary>
    public long FullLoadErrorRows { get; init; }

    /// <summary>Captured inserts.</summary>
    public long Inserts { get; init; }

    /// <summary>Captured updates.</summary>
    public long Updates { get; init; }

    /// <summary>Captured deletes.</summary>
    public long Deletes { get; init; }

    /// <summary>Captured changes of the table itself.</summary>
    public long Ddls { get; init; }

    /// <summary>When anything of it last changed.</summary>
    public DateTimeOffset? LastUpdateTime { get; init; }
}

/// <summary>What the last test of a connection found.</summary>
public sealed record Connection
{
    /// <summary>The tested endpoint.</summary>
    public required string EndpointArn { get; init; }

    /// <summary>The endpoint's name.</summary>
    public string? EndpointIdentifier { get; init; }

    /// <summary><c>testing</c>, <c>successful</c>, <c>failed</c> or <c>deleting</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What went wrong, in DMS's words.</summary>
    public string? LastFailureMessage { get; init; }
}

/// <summary>An endpoint.</summary>
public sealed record Endpoint
{
    /// <summary>What calls name the endpoint by.</summary>
    public required string EndpointArn { get; init; }

    /// <summary>How files are written, where the endpoint is S3.</summary>
    public S3Settings? S3Settings { get; init; }
}

/// <summary>How DMS writes files.</summary>
public sealed record S3Settings
{
    /// <summary><c>csv</c> or <c>parquet</c>.</summary>
    public string? DataFormat { get; init; }

    /// <summary>What stands in CSV for no value.</summary>
    public string? CsvNullValue { get; init; }
}

internal sealed record Filter(string Name, IReadOnlyList<string> Values);

internal sealed record DescribeReplicationTasksInput(IReadOnlyList<Filter> Filters, bool WithoutSettings);

internal sealed record DescribeReplicationTasksOutput(IReadOnlyList<ReplicationTask>? ReplicationTasks);

internal sealed record DescribeEndpointsInput(IReadOnlyList<Filter> Filters);

internal sealed record DescribeEndpointsOutput(IReadOnlyList<Endpoint>? Endpoints);

internal sealed record DescribeTableStatisticsInput(string ReplicationTaskArn, int MaxRecords, string? Marker);

internal sealed record DescribeTableStatisticsOutput(IReadOnlyList<TableStatistics>? TableStatistics, string? Marker);

internal sealed record StartReplicationTaskInput(string ReplicationTaskArn, string StartReplicationTaskType);

internal sealed record StopReplicationTaskInput(string ReplicationTaskArn);

internal sealed record ReplicationTaskOutput(ReplicationTask ReplicationTask);

internal sealed record TestConnectionInput(string ReplicationInstanceArn, string EndpointArn);

internal sealed record TestConnectionOutput(Connection Connection);

internal sealed record DescribeConnectionsInput(IReadOnlyList<Filter> Filters);

internal sealed record DescribeConnectionsOutput(IReadOnlyList<Connection>? Connections);

internal sealed record DescribeReplicationsInput(IReadOnlyList<Filter> Filters);

internal sealed record DescribeReplicationsOutput(IReadOnlyList<Replication>? Replications);

internal sealed record ReplicationConfig(string? ReplicationSettings);

internal sealed record DescribeReplicationConfigsOutput(IReadOnlyList<ReplicationConfig>? ReplicationConfigs);

internal sealed record DescribeReplicationTableStatisticsInput(string ReplicationConfigArn, int MaxRecords, string? Marker);

internal sealed record DescribeReplicationTableStatisticsOutput(IReadOnlyList<TableStatistics>? ReplicationTableStatistics, string? Marker);

internal sealed record StartReplicationInput(string ReplicationConfigArn, string StartReplicationType);

internal sealed record StopReplicationInput(string ReplicationConfigArn);

internal sealed record ReplicationOutput(Replication Replication);

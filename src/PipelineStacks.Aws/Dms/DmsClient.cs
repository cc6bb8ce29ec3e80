using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.Dms;

/// <summary>AWS Database Migration Service.</summary>
public sealed class DmsClient(AwsSettings settings) : IDisposable
{
    private const int PageSize = 500;

    private readonly AwsJsonClient _client = new(new ServiceDescription("Database Migration Service", "dms", "2016-01-01", "AmazonDMSv20160101"), settings);

    /// <summary>A task by its ARN.</summary>
    /// <exception cref="AwsException">There is none.</exception>
    public async Task<ReplicationTask> DescribeReplicationTaskAsync(string taskArn, CancellationToken cancel)
    {
        var answer = await _client.CallAsync<DescribeReplicationTasksInput, DescribeReplicationTasksOutput>(
            "DescribeReplicationTasks", new([new("replication-task-arn", [taskArn])], WithoutSettings: false), cancel);
        return answer.ReplicationTasks is [var task, ..]
            ? task
            : throw new AwsException("Database Migration Service", "DescribeReplicationTasks", "ResourceNotFoundFault", $"No task has the ARN {taskArn}.", 400);
    }

    /// <summary>An endpoint by its ARN.</summary>
    /// <exception cref="AwsException">There is none.</exception>
    public async Task<Endpoint> DescribeEndpointAsync(string endpointArn, CancellationToken cancel)
    {
        var answer = await _client.CallAsync<DescribeEndpointsInput, DescribeEndpointsOutput>("DescribeEndpoints", new([new("endpoint-arn", [endpointArn])]), cancel);
        return answer.Endpoints is [var endpoint, ..]
            ? endpoint
            : throw new AwsException("Database Migration Service", "DescribeEndpoints", "ResourceNotFoundFault", $"No endpoint has the ARN {endpointArn}.", 400);
    }

    /// <summary>What a task did, table by table.</summary>
    public async Task<IReadOnlyList<TableStatistics>> DescribeTableStatisticsAsync(string taskArn, CancellationToken cancel)
    {
        List<TableStatistics> tables = [];
        string? marker = null;
        do
        {
            var page = await _client.CallAsync<DescribeTableStatisticsInput, DescribeTableStatisticsOutput>(
                "DescribeTableStatistics", new(taskArn, PageSize, marker), cancel);
            tables.AddRange(page.TableStatistics ?? []);
            marker = page.Marker;
        }
        while (!string.IsNullOrEmpty(marker));

        return tables;
    }

    /// <summary>Starts a task.</summary>
    /// <param name="type"><c>start-replication</c>, <c>resume-processing</c> or <c>reload-target</c>.</param>
    public async Task<ReplicationTask> StartReplicationTaskAsync(string taskArn, string type, CancellationToken cancel) =>
        (await _client.CallAsync<StartReplicationTaskInput, ReplicationTaskOutput>("StartReplicationTask", new(taskArn, type), cancel)).ReplicationTask;

    /// <summary>Stops a task, which can then go on from where it was.</summary>
    public async Task<ReplicationTask> StopReplicationTaskAsync(string taskArn, CancellationToken cancel) =>
        (await _client.CallAsync<StopReplicationTaskInput, ReplicationTaskOutput>("StopReplicationTask", new(taskArn), cancel)).ReplicationTask;

    /// <summary>A serverless replication by its configuration's ARN.</summary>
    /// <exception cref="AwsException">There is none.</exception>
    public async Task<Replication> DescribeReplicationAsync(string configArn, CancellationToken cancel)
    {
        var answer = await _client.CallAsync<DescribeReplicationsInput, DescribeReplicationsOutput>(
            "DescribeReplications", new([new("replication-config-arn", [configArn])]), cancel);
        return answer.Replications is [var replication, ..]
            ? replication
            : throw new AwsException("Database Migration Service", "DescribeReplications", "ResourceNotFoundFault", $"No replication has the configuration {configArn}.", 400);
    }

    /// <summary>The settings of a serverless replication, as JSON; null where it has none.</summary>
    public async Task<string?> FindReplicationSettingsAsync(string configArn, CancellationToken cancel)
    {
        var answer = await _client.CallAsync<DescribeReplicationsInput, DescribeReplicationConfigsOutput>(
            "DescribeReplicationConfigs", new([new("replication-config-arn", [configArn])]), cancel);
        return answer.ReplicationConfigs is [var config, ..] ? config.ReplicationSettings : null;
    }

    /// <summary>What a serverless replication did, table by table.</summary>
    public async Task<IReadOnlyList<TableStatistics>> DescribeReplicationTableStatisticsAsync(string configArn, CancellationToken cancel)
    {
        List<TableStatistics> tables = [];
        string? marker = null;
        do
        {
            var page = await _client.CallAsync<DescribeReplicationTableStatisticsInput, DescribeReplicationTableStatisticsOutput>(
                "DescribeReplicationTableStatistics", new(configArn, PageSize, marker), cancel);
            tables.AddRange(page.ReplicationTableStatistics ?? []);
            marker = page.Marker;
        }
        while (!string.IsNullOrEmpty(marker));

        return tables;
    }

    /// <summary>Starts a serverless replication.</summary>
    /// <param name="type"><c>start-replication</c>, <c>resume-processing</c> or <c>reload-target</c>.</param>
    public async Task<Replication> StartReplicationAsync(string configArn, string type, CancellationToken cancel) =>
        (await _client.CallAsync<StartReplicationInput, ReplicationOutput>("StartReplication", new(configArn, type), cancel)).Replication;

    /// <summary>Stops a serverless replication, which can then go on from where it was.</summary>
    public async Task<Replication> StopReplicationAsync(string configArn, CancellationToken cancel) =>
        (await _client.CallAsync<StopReplicationInput, ReplicationOutput>("StopReplication", new(configArn), cancel)).Replication;

    /// <summary>Begins to test whether an instance reaches an endpoint.</summary>
    public async Task<Connection> TestConnectionAsync(string instanceArn, string endpointArn, CancellationToken cancel) =>
        (await _client.CallAsync<TestConnectionInput, TestConnectionOutput>("TestConnection", new(instanceArn, endpointArn), cancel)).Connection;

    /// <summary>The last test of an endpoint, or null if there was none.</summary>
    public async Task<Connection?> FindConnectionAsync(string instanceArn, string endpointArn, CancellationToken cancel)
    {
        var answer = await _client.CallAsync<DescribeConnectionsInput, DescribeConnectionsOutput>(
            "DescribeConnections", new([new("endpoint-arn", [endpointArn]), new("replication-instance-arn", [instanceArn])]), cancel);
        return answer.Connections is [var connection, ..] ? connection : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}

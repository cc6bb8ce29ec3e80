using PipelineStacks.Aws.Dms;

namespace PipelineStacks.Cli.Replications;

/// <summary>What the commands ask of a replication, which DMS has two sets of calls for: tasks on an instance, and serverless.</summary>
internal abstract class ReplicationCalls
{
    private const string Config = ":replication-config:";

    public static ReplicationCalls Of(DmsClient dms, string arn) => arn.Contains(Config, StringComparison.Ordinal) ? new Serverless(dms, arn) : new OnInstance(dms, arn);

    public abstract Task<ReplicationTask> DescribeAsync(CancellationToken cancel);

    public abstract Task<IReadOnlyList<TableStatistics>> TablesAsync(CancellationToken cancel);

    public abstract Task StartAsync(string type, CancellationToken cancel);

    public abstract Task StopAsync(CancellationToken cancel);

    private sealed class OnInstance(DmsClient dms, string arn) : ReplicationCalls
    {
        public override Task<ReplicationTask> DescribeAsync(CancellationToken cancel) => dms.DescribeReplicationTaskAsync(arn, cancel);

        public override Task<IReadOnlyList<TableStatistics>> TablesAsync(CancellationToken cancel) => dms.DescribeTableStatisticsAsync(arn, cancel);

        public override Task StartAsync(string type, CancellationToken cancel) => dms.StartReplicationTaskAsync(arn, type, cancel);

        public override Task StopAsync(CancellationToken cancel) => dms.StopReplicationTaskAsync(arn, cancel);
    }

    private sealed class Serverless(DmsClient dms, string arn) : ReplicationCalls
    {
        public override async Task<ReplicationTask> DescribeAsync(CancellationToken cancel)
        {
            var replication = await dms.DescribeReplicationAsync(arn, cancel);
            return new()
            {
                ReplicationTaskIdentifier = replication.ReplicationConfigIdentifier,
                ReplicationTaskArn = replication.ReplicationConfigArn,
                // A task's word for what was never started.
                Status = replication.Status == "created" ? "ready" : replication.Status,
                MigrationType = replication.ReplicationType,
                SourceEndpointArn = replication.SourceEndpointArn,
                TargetEndpointArn = replication.TargetEndpointArn,
                StopReason = replication.StopReason,
                LastFailureMessage = replication.FailureMessages is { Count: > 0 } messages ? string.Join(' ', messages) : null,
                ReplicationTaskStartDate = replication.ReplicationStats?.StartDate,
                ReplicationTaskSettings = await dms.FindReplicationSettingsAsync(arn, cancel),
                ReplicationTaskStats = replication.ReplicationStats,
            };
        }

        public override Task<IReadOnlyList<TableStatistics>> TablesAsync(CancellationToken cancel) => dms.DescribeReplicationTableStatisticsAsync(arn, cancel);

        public override Task StartAsync(string type, CancellationToken cancel) => dms.StartReplicationAsync(arn, type, cancel);

        public override Task StopAsync(CancellationToken cancel) => dms.StopReplicationAsync(arn, cancel);
    }
}

using PipelineStacks.Model.Settings;
using PipelineStacks.Replication;
using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of a replication by an instance and a task. The runbook is docs/runbooks/replication.md.</summary>
internal static class ReplicationAlarms
{
    private const double BytesPerGigabyte = 1024 * 1024 * 1024;
    private const double BytesPerMegabyte = 1024 * 1024;
    private const int FiveMinutes = 300;

    public static IEnumerable<AlarmKind> Of(DatabaseReplication replication, TimeSpan freshness, string failures, string stops, EnvironmentSettings settings)
    {
        var (instance, task, monitoring) = (replication.InstanceIdentifier!, replication.TaskIdentifier!, settings.Monitoring);
        yield return Event("task-failed", "The replication task failed: changes of the database don't arrive until it runs again.", failures) with { Severity = Severity.Critical };
        yield return Event("task-stopped", "Somebody stopped the replication task: changes wait in the database's binary log, which doesn't keep them for ever.", stops);
        yield return Gauge("source-latency", $"The task reads changes more than {monitoring.ReplicationLatencyMinutes} minutes late.", ReplicationTask(instance, task, "CDCLatencySource", "Maximum")) with
        {
            Threshold = monitoring.ReplicationLatencyMinutes * 60,
        };
        yield return Gauge("target-latency", $"Changes arrive later than the tables' objective of {freshness.TotalMinutes:0} minutes.", ReplicationTask(instance, task, "CDCLatencyTarget", "Maximum")) with
        {
            Threshold = freshness.TotalSeconds,
            Severity = Severity.Critical,
        };
        yield return Gauge("instance-storage", $"Less than {monitoring.FreeStoragePercent} % of the replication instance's storage is free; without any the task stops.", ReplicationInstance(instance, "FreeStorageSpace", "Minimum")) with
        {
            Threshold = settings.Replication.StorageGigabytes * BytesPerGigabyte * monitoring.FreeStoragePercent / 100,
            Comparison = Comparison.LessThanThreshold,
            Severity = Severity.Critical,
        };
        yield return Gauge("instance-memory", $"Less than {monitoring.FreeMemoryMegabytes} MB of the replication instance's memory are free.", ReplicationInstance(instance, "FreeableMemory", "Minimum")) with
        {
            Threshold = monitoring.FreeMemoryMegabytes * BytesPerMegabyte,
            Comparison = Comparison.LessThanThreshold,
        };
        yield return Gauge("instance-processor", $"The replication instance is busier than {monitoring.ProcessorPercent} %.", ReplicationInstance(instance, "CPUUtilization", "Average")) with
        {
            Threshold = monitoring.ProcessorPercent,
        };
    }

    private static AlarmKind Event(string what, string why, string rule) =>
        new() { Family = "replication", What = what, Why = why, Metric = Events(rule), Threshold = 0, Period = FiveMinutes };

    // What is emitted all the time says by its absence that nothing is known.
    private static AlarmKind Gauge(string what, string why, WatchedMetric metric) =>
        new() { Family = "replication", What = what, Why = why, Metric = metric, Threshold = 0, Period = FiveMinutes, Periods = 3, Missing = MissingData.Missing };
}

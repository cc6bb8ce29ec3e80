using PipelineStacks.Model.Settings;
using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of a data stream. The runbook is docs/runbooks/stream.md.</summary>
internal static class StreamAlarms
{
    private const double MillisecondsPerHour = 3_600_000;

    public static IEnumerable<AlarmKind> Of(string stream, EnvironmentSettings settings)
    {
        var (hours, monitoring) = (settings.Stream.RetentionHours, settings.Monitoring);
        yield return Kind("iterator-age-warning",
            $"Consumers are {monitoring.IteratorAgeWarningPercent} % of the retention of {hours} hours behind, or nobody reads: a delivery stream asks each shard every second, also when it is empty.",
            Kinesis(stream, "GetRecords.IteratorAgeMilliseconds", "Maximum")) with
        {
            Threshold = hours * MillisecondsPerHour * monitoring.IteratorAgeWarningPercent / 100,
            ToAlarm = 5,
            Missing = MissingData.Breaching,
        };
        yield return Kind("iterator-age-critical",
            $"Consumers are {monitoring.IteratorAgeCriticalPercent} % of the retention of {hours} hours behind: records that outlive it unread are lost.",
            Kinesis(stream, "GetRecords.IteratorAgeMilliseconds", "Maximum")) with
        {
            Threshold = hours * MillisecondsPerHour * monitoring.IteratorAgeCriticalPercent / 100,
            ToAlarm = 5,
            Severity = Severity.Critical,
        };
        yield return Kind("write-throttled", "A shard takes less than producers send, and refuses the rest.", Kinesis(stream, "WriteProvisionedThroughputExceeded", "Sum"));
        yield return Kind("read-throttled", "Consumers ask more of a shard than its five reads or 2 MB a second.", Kinesis(stream, "ReadProvisionedThroughputExceeded", "Sum"));
        yield return Kind("put-failed", "Kinesis fails at records of PutRecords for reasons of its own; producers have to send them again.", Kinesis(stream, "PutRecords.FailedRecords", "Sum"));
        yield return Kind("put-throttled", "Records of PutRecords are refused for lack of throughput; producers have to send them again.", Kinesis(stream, "PutRecords.ThrottledRecords", "Sum"));
    }

    // A burst of a minute or two is what retries are for.
    private static AlarmKind Kind(string what, string why, WatchedMetric metric) =>
        new() { Family = "stream", What = what, Why = why, Metric = metric, Threshold = 0, Periods = 5, ToAlarm = 3 };
}

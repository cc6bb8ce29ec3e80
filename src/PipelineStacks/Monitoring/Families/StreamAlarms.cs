using PipelineStacks.Model.Settings;
using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of a data stream. The runbook is docs/runbooks/stream.md.</summary>
internal static class StreamAlarms
{
    private const double MillisecondsPerHour = 3_600_000;

    /// <summary>Of a stream that producers write to many records at a time, and that a delivery stream reads.</summary>
    public static IEnumerable<AlarmKind> Of(string stream, EnvironmentSettings settings) =>
    [
        Late(stream, settings, ", or nobody reads: a delivery stream asks each shard every second, also when it is empty") with { Missing = MissingData.Breaching },
        .. OfShards(stream, settings),
        Kind("put-failed", "Kinesis fails at records of PutRecords for reasons of its own; producers have to send them again.", Kinesis(stream, "PutRecords.FailedRecords", "Sum")),
        Kind("put-throttled", "Records of PutRecords are refused for lack of throughput; producers have to send them again.", Kinesis(stream, "PutRecords.ThrottledRecords", "Sum")),
    ];

    /// <summary>Of a stream that a topic rule writes to message by message, for readers who may come or not.</summary>
    public static IEnumerable<AlarmKind> OfMessages(string stream, EnvironmentSettings settings) => [Late(stream, settings), .. OfShards(stream, settings)];

    private static IEnumerable<AlarmKind> OfShards(string stream, EnvironmentSettings settings)
    {
        var (hours, monitoring) = (settings.Stream.RetentionHours, settings.Monitoring);
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
    }

    private static AlarmKind Late(string stream, EnvironmentSettings settings, string orElse = "")
    {
        var (hours, percent) = (settings.Stream.RetentionHours, settings.Monitoring.IteratorAgeWarningPercent);
        return Kind("iterator-age-warning", $"Consumers are {percent} % of the retention of {hours} hours behind{orElse}.", Kinesis(stream, "GetRecords.IteratorAgeMilliseconds", "Maximum")) with
        {
            Threshold = hours * MillisecondsPerHour * percent / 100,
            ToAlarm = 5,
        };
    }

    // A burst of a minute or two is what retries are for.
    private static AlarmKind Kind(string what, string why, WatchedMetric metric) =>
        new() { Family = "stream", What = what, Why = why, Metric = metric, Threshold = 0, Periods = 5, ToAlarm = 3 };
}

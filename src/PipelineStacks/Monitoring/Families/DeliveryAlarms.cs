using PipelineStacks.Model.Settings;
using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of a delivery stream. The runbook is docs/runbooks/delivery.md.</summary>
internal static class DeliveryAlarms
{
    private const int FiveMinutes = 300;

    // Firehose collects for a minute where it is asked for nothing.
    private const int ShortestInterval = 60;

    /// <param name="readsStream">Whether it reads a data stream, which can refuse it.</param>
    public static IEnumerable<AlarmKind> Of(string delivery, bool readsStream, EnvironmentSettings settings)
    {
        var (interval, intervals) = (Math.Max(settings.Delivery.BufferSeconds, ShortestInterval), settings.Monitoring.DeliveryIntervals);
        yield return Kind("freshness", $"Records wait longer than {intervals} buffer intervals of {interval} seconds.", Firehose(delivery, "DeliveryToS3.DataFreshness", "Maximum")) with
        {
            Threshold = interval * intervals,
            Severity = Severity.Critical,
            Periods = 2,
        };
        yield return Kind("failed", "More than half of the attempts to write to the landing zone fail.", Firehose(delivery, "DeliveryToS3.Success", "Average")) with
        {
            Threshold = 0.5,
            Comparison = Comparison.LessThanThreshold,
            Severity = Severity.Critical,
            Periods = 2,
        };
        yield return Kind("failed-conversion", "Records don't fit the dataset's schema; they are in the quarantine.", Firehose(delivery, "FailedConversion.Records", "Sum"));
        if (readsStream)
        {
            yield return Kind("read-throttled", "Firehose is refused by the stream that it reads, because others read it too often.", Firehose(delivery, "ThrottledGetRecords", "Sum")) with
            {
                Period = 60,
                Periods = 5,
            };
        }
        yield return Kind("key-denied", "Firehose may not use the key that encrypts the stream, and delivers nothing.", Firehose(delivery, "KMSKeyAccessDenied", "Sum")) with
        {
            Severity = Severity.Critical,
        };
    }

    private static AlarmKind Kind(string what, string why, WatchedMetric metric) =>
        new() { Family = "delivery", What = what, Why = why, Metric = metric, Threshold = 0, Period = FiveMinutes };
}

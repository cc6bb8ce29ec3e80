using PipelineStacks.Model.Datasets;
using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of a dataset in the landing zone. The runbook is docs/runbooks/dataset.md.</summary>
internal static class DatasetAlarms
{
    private const int FiveMinutes = 300;

    public static AlarmKind Quarantine(string rejections) =>
        Kind("quarantine", "Records were rejected and are in the quarantine, where they wait for a repair.", Events(rejections));

    /// <summary>Of a dataset that records arrive for all the time: Firehose says of each delivery how many.</summary>
    public static AlarmKind Stale(Dataset dataset, string delivery) =>
        Kind("stale", $"Nothing arrived for {dataset.Freshness.TotalMinutes:0} minutes, the dataset's objective. A new environment says so until its first record.", Firehose(delivery, "DeliveryToS3.Records", "Sum")) with
        {
            Threshold = 1,
            Comparison = Comparison.LessThanThreshold,
            Periods = Math.Max(1, (int)Math.Ceiling(dataset.Freshness.TotalSeconds / FiveMinutes)),
            Missing = MissingData.Breaching,
        };

    private static AlarmKind Kind(string what, string why, WatchedMetric metric) =>
        new() { Family = "dataset", What = what, Why = why, Metric = metric, Threshold = 0, Period = FiveMinutes };
}

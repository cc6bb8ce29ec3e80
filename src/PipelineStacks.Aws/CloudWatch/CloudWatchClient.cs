using System.Globalization;
using System.Xml.Linq;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.CloudWatch;

/// <summary>Amazon CloudWatch.</summary>
public sealed class CloudWatchClient(AwsSettings settings) : IDisposable
{
    // One call gives at most so many points.
    private const int MaxPoints = 1440;

    private readonly AwsQueryClient _client = new(new ServiceDescription("CloudWatch", "monitoring", "2010-08-01"), settings);

    /// <summary>The sum of a metric over a time, or null if nothing was reported.</summary>
    public Task<double?> SumAsync(
        string metricNamespace, string metric, string dimension, string value, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        SumAsync(metricNamespace, metric, [(dimension, value)], from, to, cancel);

    /// <summary>The sum of a metric over a time, or null if nothing was reported.</summary>
    public async Task<double?> SumAsync(
        string metricNamespace, string metric, IReadOnlyList<(string Name, string Value)> dimensions, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var minutes = Math.Max(1, (long)Math.Ceiling((to - from).TotalMinutes / MaxPoints));
        var result = await _client.CallAsync("GetMetricStatistics",
        [
            ("Namespace", metricNamespace),
            ("MetricName", metric),
            .. dimensions.SelectMany((dimension, i) => new (string, string?)[]
            {
                (string.Create(CultureInfo.InvariantCulture, $"Dimensions.member.{i + 1}.Name"), dimension.Name),
                (string.Create(CultureInfo.InvariantCulture, $"Dimensions.member.{i + 1}.Value"), dimension.Value),
            }),
            ("StartTime", Format(from)),
            ("EndTime", Format(to)),
            ("Period", (minutes * 60).ToString(CultureInfo.InvariantCulture)),
            ("Statistics.member.1", "Sum"),
        ], cancel);
        var points = result.Element("Datapoints")?.Elements("member").Select(point => (double)point.Element("Sum")!).ToList() ?? [];
        return points.Count == 0 ? null : points.Sum();
    }

    /// <summary>The alarms whose names begin with a prefix, those of several alarms together first.</summary>
    public async Task<IReadOnlyList<AlarmDescription>> AlarmsAsync(string prefix, CancellationToken cancel)
    {
        var alarms = new List<AlarmDescription>();
        string? next = null;
        do
        {
            var page = await _client.CallAsync("DescribeAlarms",
            [
                ("AlarmNamePrefix", prefix), ("AlarmTypes.member.1", "CompositeAlarm"), ("AlarmTypes.member.2", "MetricAlarm"), ("MaxRecords", "100"), ("NextToken", next),
            ], cancel);
            alarms.AddRange((page.Element("CompositeAlarms")?.Elements("member") ?? []).Select(alarm => Read(alarm, isComposite: true)));
            alarms.AddRange((page.Element("MetricAlarms")?.Elements("member") ?? []).Select(alarm => Read(alarm, isComposite: false)));
            next = (string?)page.Element("NextToken");
        }
        while (!string.IsNullOrEmpty(next));
        return alarms;
    }

    /// <summary>What happened to an alarm, newest first.</summary>
    public async Task<IReadOnlyList<AlarmEvent>> HistoryAsync(string alarm, CancellationToken cancel)
    {
        var page = await _client.CallAsync("DescribeAlarmHistory",
        [
            ("AlarmName", alarm), ("AlarmTypes.member.1", "CompositeAlarm"), ("AlarmTypes.member.2", "MetricAlarm"), ("MaxRecords", "100"), ("ScanBy", "TimestampDescending"),
        ], cancel);
        return [.. (page.Element("AlarmHistoryItems")?.Elements("member") ?? []).Select(item =>
            new AlarmEvent(Time(item.Element("Timestamp")!), (string)item.Element("HistoryItemType")!, (string)item.Element("HistorySummary")!))];
    }

    private static AlarmDescription Read(XElement alarm, bool isComposite) => new(
        (string)alarm.Element("AlarmName")!, (string?)alarm.Element("AlarmDescription"), (string)alarm.Element("StateValue")!, (string?)alarm.Element("StateReason"),
        // A composite alarm that never changed has no time of its transition.
        Time(alarm.Element("StateTransitionedTimestamp") ?? alarm.Element("StateUpdatedTimestamp")!), isComposite);

    private static DateTimeOffset Time(XElement element) => DateTimeOffset.Parse((string)element, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using System.Globalization;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.CloudWatch;

/// <summary>Amazon CloudWatch.</summary>
public sealed class CloudWatchClient(AwsSettings settings) : IDisposable
{
    // One call gives at most so many points.
    private const int MaxPoints = 1440;

    private readonly AwsQueryClient _client = new(new ServiceDescription("CloudWatch", "monitoring", "2010-08-01"), settings);

    /// <summary>The sum of a metric over a time, or null if nothing was reported.</summary>
    public async Task<double?> SumAsync(
        string metricNamespace, string metric, string dimension, string value, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var minutes = Math.Max(1, (long)Math.Ceiling((to - from).TotalMinutes / MaxPoints));
        var result = await _client.CallAsync("GetMetricStatistics",
        [
            ("Namespace", metricNamespace),
            ("MetricName", metric),
            ("Dimensions.member.1.Name", dimension),
            ("Dimensions.member.1.Value", value),
            ("StartTime", Format(from)),
            ("EndTime", Format(to)),
            ("Period", (minutes * 60).ToString(CultureInfo.InvariantCulture)),
            ("Statistics.member.1", "Sum"),
        ], cancel);
        var points = result.Element("Datapoints")?.Elements("member").Select(point => (double)point.Element("Sum")!).ToList() ?? [];
        return points.Count == 0 ? null : points.Sum();
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>
/// All metrics by the minute, in memory; written to disk every minute and at the end, and read back when first asked for.
/// A killed process loses the last minute's values, never earlier ones.
/// </summary>
internal sealed class MetricStore(CloudClock clock, MetricFiles files) : IMetricSink, IHostedService
{
    public static readonly TimeSpan Retention = TimeSpan.FromDays(15);

    private static readonly TimeSpan FlushPeriod = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<MetricId, MetricSeries> _series = new();
    private readonly Lock _files = new();
    private IDisposable? _next;
    private bool _loaded;

    public void Put(MetricId metric, double value, DateTimeOffset at) => Put(metric, Statistics.Of(value), at);

    public void Put(MetricId metric, Statistics values, DateTimeOffset at)
    {
        var minute = MinuteOf(at);
        while (!Of(metric).Add(minute, values))
        {
            // The series was forgotten in this moment; the next one is new.
        }
    }

    /// <summary>The metrics that have values within the retention, and their values.</summary>
    public IEnumerable<KeyValuePair<MetricId, MetricSeries>> Find(string account, string region, string? ns = null, string? name = null)
    {
        Load();
        return _series.Where(pair => pair.Key.Account == account && pair.Key.Region == region
            && (ns is null || pair.Key.Namespace == ns) && (name is null || pair.Key.Name == name));
    }

    public static long MinuteOf(DateTimeOffset at) => Math.DivRem(at.ToUnixTimeSeconds(), 60, out var rest) - (rest < 0 ? 1 : 0);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Schedule();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _next?.Dispose();
        Flush();
        return Task.CompletedTask;
    }

    private MetricSeries Of(MetricId metric) =>
        _series.TryGetValue(metric, out var series) ? series : _series.GetOrAdd(metric, static _ => new MetricSeries());

    private void Schedule() => _next = clock.After(FlushPeriod, "writing the metrics to disk", () =>
    {
        // Scheduled first, so that a full disk costs one minute and not all that follow.
        Schedule();
        Flush();
        return Task.CompletedTask;
    });

    private void Flush()
    {
        lock (_files)
        {
            files.Append(_series.SelectMany(pair => pair.Value.TakeUnsaved().Select(minute => (pair.Key, minute.Key, minute.Value))));
            Forget();
        }
    }

    private void Forget()
    {
        var oldest = clock.GetUtcNow() - Retention;
        files.DeleteBefore(DateOnly.FromDateTime(oldest.UtcDateTime));
        foreach (var (metric, series) in _series)
            if (series.Forget(MinuteOf(oldest)))
                _series.TryRemove(metric, out _);
    }

    // At the start nobody needs the past, and reading 15 days of it would cost the start its speed.
    private void Load()
    {
        if (Volatile.Read(ref _loaded))
            return;
        lock (_files)
        {
            if (_loaded)
                return;
            foreach (var (metric, minute, values) in files.ReadEarlierRuns())
                Of(metric).Load(minute, values);

            Volatile.Write(ref _loaded, true);
        }
    }
}

using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>
/// The metrics of a task, every minute while it runs:
/// <see href="https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html"/>. Changes wait on the target's side and on disk only.
/// </summary>
internal sealed class TaskMetrics(TaskReports reports, CloudClock clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private IDisposable? _timer;
    private Func<(long Changes, DateTimeOffset? Since)>? _waiting;
    private long _captured;
    private long _applied;
    private long _appliedBytes;
    private long _loaded;
    private long _loadedBytes;
    private double _sourceLatency;
    private DateTimeOffset? _lost;

    /// <param name="waiting">How many changes are captured and not in files, and since when the oldest is.</param>
    public void Start(Func<(long Changes, DateTimeOffset? Since)> waiting)
    {
        _waiting = waiting;
        _timer ??= clock.After(Interval, "metrics of a replication task", PutAsync);
    }

    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
        _waiting = null;
    }

    /// <param name="latency">Seconds from the commit in the source to its capture.</param>
    public void Captured(long changes, double latency)
    {
        Interlocked.Add(ref _captured, changes);
        (_sourceLatency, _lost) = (latency, null);
    }

    /// <summary>All that the source has is captured.</summary>
    public void Idle() => (_sourceLatency, _lost) = (0, null);

    /// <summary>The source isn't read any more: from now on the task is ever later, until it hears from it again.</summary>
    public void Lost() => _lost ??= clock.GetUtcNow();

    public void Applied(long changes, long bytes)
    {
        Interlocked.Add(ref _applied, changes);
        Interlocked.Add(ref _appliedBytes, bytes);
    }

    public void Loaded(long rows, long bytes)
    {
        Interlocked.Add(ref _loaded, rows);
        Interlocked.Add(ref _loadedBytes, bytes);
    }

    private Task PutAsync()
    {
        if (_waiting is null)
            return Task.CompletedTask;
        var (changes, since) = _waiting();
        var source = _sourceLatency + Since(_lost);
        reports.Put("CDCLatencySource", source, "Seconds");
        reports.Put("CDCLatencyTarget", source + Since(since), "Seconds");
        reports.Put("CDCIncomingChanges", changes, "Count");
        reports.Put("CDCChangesMemorySource", 0, "Count");
        reports.Put("CDCChangesDiskSource", 0, "Count");
        reports.Put("CDCChangesMemoryTarget", 0, "Count");
        reports.Put("CDCChangesDiskTarget", changes, "Count");
        PutRate("CDCThroughputRowsSource", ref _captured, 1, "Count/Second");
        PutRate("CDCThroughputRowsTarget", ref _applied, 1, "Count/Second");
        PutRate("CDCThroughputBandwidthTarget", ref _appliedBytes, 1024, "Kilobytes/Second");
        PutRate("FullLoadThroughputRowsTarget", ref _loaded, 1, "Count/Second");
        PutRate("FullLoadThroughputBandwidthTarget", ref _loadedBytes, 1024, "Kilobytes/Second");
        _timer = clock.After(Interval, "metrics of a replication task", PutAsync);
        return Task.CompletedTask;
    }

    private double Since(DateTimeOffset? moment) => moment is { } then ? (clock.GetUtcNow() - then).TotalSeconds : 0;

    private void PutRate(string name, ref long total, double unit, string of) =>
        reports.Put(name, Interlocked.Exchange(ref total, 0) / unit / Interval.TotalSeconds, of);
}

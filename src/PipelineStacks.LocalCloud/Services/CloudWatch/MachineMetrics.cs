using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Machine;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>
/// Puts what a service's processes take of this machine every minute, as metrics of the instances that they stand for. The processors and the memory are
/// this machine's, which stands for each instance's own.
/// </summary>
internal abstract class MachineMetrics(IMetricSink sink, CloudClock clock) : IHostedService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ResourceKey, ProcessorShare> _processors = new();
    private IReadOnlyList<(MetricId Metric, double Value)> _values = [];
    private long? _measured;
    private IDisposable? _next;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Schedule();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _next?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The metrics of all instances that are there.</summary>
    protected abstract IEnumerable<(MetricId Metric, double Value)> Measure();

    /// <summary>What RDS and DMS tell of an instance alike.</summary>
    /// <param name="of">The metric by its name and unit.</param>
    /// <param name="gigabytes">Its storage.</param>
    /// <param name="folders">What lies in it.</param>
    /// <param name="processes">The ids of those that run on it.</param>
    protected IEnumerable<(MetricId Metric, double Value)> OfInstance(ResourceKey key, Func<string, string, MetricId> of, int gigabytes, IEnumerable<string> folders, IEnumerable<int> processes)
    {
        yield return (of("FreeStorageSpace", "Bytes"), Storage.Free(gigabytes, folders));
        if (Memory.Free() is { } memory)
            yield return (of("FreeableMemory", "Bytes"), memory);
        yield return (of("CPUUtilization", "Percent"), _processors.GetOrAdd(key, _ => new()).Measure(processes));
    }

    private void Schedule() => _next = clock.After(Interval, "measuring this machine", () =>
    {
        Schedule();
        if (_measured != clock.Moment)
            (_values, _measured) = ([.. Measure()], clock.Moment);
        var now = clock.GetUtcNow();
        foreach (var (metric, value) in _values)
            sink.Put(metric, value, now);
        return Task.CompletedTask;
    });
}

using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Machine;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>Puts what a service's processes take of this machine every minute, as metrics of the instances that they stand for.</summary>
internal abstract class MachineMetrics : IHostedService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly IMetricSink _sink;
    private readonly CloudClock _clock;
    private readonly Sampled<IReadOnlyList<(MetricId Metric, double Value)>> _values;
    private IDisposable? _next;

    protected MachineMetrics(IMetricSink sink, CloudClock clock) => (_sink, _clock, _values) = (sink, clock, new(() => [.. Measure()]));

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

    private void Schedule() => _next = _clock.After(Interval, "measuring this machine", () =>
    {
        Schedule();
        var now = _clock.GetUtcNow();
        foreach (var (metric, value) in _values.Value)
            _sink.Put(metric, value, now);
        return Task.CompletedTask;
    });
}

using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>Puts what a service's processes take of this machine every minute, as metrics of the instances that they stand for.</summary>
internal abstract class MachineMetrics(IMetricSink sink, CloudClock clock) : IHostedService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

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

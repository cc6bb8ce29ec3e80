using Microsoft.Extensions.Hosting;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>
/// Deletes, once an hour, the files whose records have left the retention and the closed shards that have none left.
/// Readers don't wait for it: they pass over what is too old at any time.
/// </summary>
internal sealed class RetentionSweep(StreamStore streams) : IHostedService, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

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

    public void Dispose() => _next?.Dispose();

    private void Schedule() => _next = streams.Clock.After(Period, "deleting Kinesis records past their retention", () =>
    {
        try
        {
            foreach (var stream in streams.All)
                stream.Sweep(streams.Clock.GetUtcNow());
        }
        finally
        {
            Schedule();
        }

        return Task.CompletedTask;
    });
}

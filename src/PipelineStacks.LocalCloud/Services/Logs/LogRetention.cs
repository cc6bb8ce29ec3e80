using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Deletes expired days from disk, once a day. Readers don't see expired lines in the meantime.</summary>
internal sealed class LogRetention(CloudClock clock, LogsState state, LogEvents events) : IHostedService
{
    private IDisposable? _next;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Schedule(TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _next?.Dispose();
        return Task.CompletedTask;
    }

    private void Schedule(TimeSpan delay) => _next = clock.After(delay, "deleting expired logs", () =>
    {
        Schedule(TimeSpan.FromDays(1));
        foreach (var (key, group) in state.Groups.All)
            if (group.RetentionInDays is { } days)
                foreach (var stream in state.StreamsOf(key))
                    events.DeleteBefore(group, stream, DateOnly.FromDateTime((clock.GetUtcNow() - TimeSpan.FromDays(days)).UtcDateTime));
        return Task.CompletedTask;
    });
}

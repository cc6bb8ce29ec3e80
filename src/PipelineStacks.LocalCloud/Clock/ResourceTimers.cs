using System.Collections.Concurrent;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Clock;

/// <summary>One wait on the clock per resource, which the resource's change or end replaces.</summary>
internal sealed class ResourceTimers(CloudClock clock)
{
    private readonly ConcurrentDictionary<ResourceKey, IDisposable> _waits = new();
    private bool _stopped;

    /// <summary>Waits in place of what was waited for before.</summary>
    /// <param name="due">When the work is due; null where nothing is to be waited for.</param>
    public void Arm(ResourceKey key, DateTimeOffset? due, string what, Action work)
    {
        if (_waits.TryRemove(key, out var before))
            before.Dispose();
        if (_stopped || due is not { } time)
            return;
        _waits[key] = clock.At(time, what, () =>
        {
            work();
            return Task.CompletedTask;
        });
    }

    /// <summary>Waits for nothing any more.</summary>
    public void Stop()
    {
        _stopped = true;
        foreach (var wait in _waits.Values)
            wait.Dispose();
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.Schedules;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Fires scheduled triggers when they fall due. What fell due while the cloud was off is not made up for.</summary>
internal sealed class TriggerSchedules(WorkflowState state, TriggerFiring firing, CloudClock clock) : IHostedService
{
    private readonly ConcurrentDictionary<ResourceKey, IDisposable> _armed = new();
    private bool _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, _) in state.Triggers.All)
            Arm(key);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopped = true;
        foreach (var armed in _armed.Values)
            armed.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Waits for the trigger's next time, in place of what was waited for before.</summary>
    public void Arm(ResourceKey key)
    {
        if (_armed.TryRemove(key, out var before))
            before.Dispose();
        if (!_stopped && state.Triggers.TryGet(key, out var stored) && stored.Trigger is { Type: "SCHEDULED", State: "ACTIVATED", Schedule: { } schedule }
            && CronSchedule.Parse(schedule)!.Next(clock.GetUtcNow()) is { } due)
            _armed[key] = clock.At(due, $"the schedule of the trigger {key.Name}", () => Fire(key));
    }

    private Task Fire(ResourceKey key)
    {
        Arm(key);
        if (state.Triggers.TryGet(key, out var stored) && stored.Trigger.State == "ACTIVATED")
            firing.FireUnasked(key.Account, key.Region, stored.Trigger, null, null);
        return Task.CompletedTask;
    }
}

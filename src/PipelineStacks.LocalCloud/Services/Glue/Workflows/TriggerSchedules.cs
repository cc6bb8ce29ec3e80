using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.Schedules;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Fires scheduled triggers when they fall due. What fell due while the cloud was off is not made up for.</summary>
internal sealed class TriggerSchedules(WorkflowState state, TriggerFiring firing, CloudClock clock) : IHostedService
{
    private readonly ResourceTimers _timers = new(clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, _) in state.Triggers.All)
            Arm(key);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timers.Stop();
        return Task.CompletedTask;
    }

    /// <summary>Waits for the trigger's next time, in place of what was waited for before.</summary>
    public void Arm(ResourceKey key)
    {
        var due = state.Triggers.TryGet(key, out var stored) && stored.Trigger is { Type: "SCHEDULED", State: "ACTIVATED", Schedule: { } schedule }
            ? CronSchedule.Parse(schedule)!.Next(clock.GetUtcNow())
            : null;
        _timers.Arm(key, due, $"the schedule of the trigger {key.Name}", () => Fire(key));
    }

    private void Fire(ResourceKey key)
    {
        Arm(key);
        if (state.Triggers.TryGet(key, out var stored) && stored.Trigger.State == "ACTIVATED")
            firing.FireUnasked(key.Account, key.Region, stored.Trigger, null, null);
    }
}

using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.EventBridge.Targets;
using PipelineStacks.LocalCloud.Services.Schedules;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Rules;

/// <summary>Triggers rules when their schedules fall due. What fell due while the cloud was off is not made up for.</summary>
internal sealed class RuleSchedules(RuleStore store, TargetDelivery delivery, CloudClock clock) : IHostedService
{
    private readonly ResourceTimers _timers = new(clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, _) in store.Rules.All)
            Arm(key);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timers.Stop();
        return Task.CompletedTask;
    }

    /// <summary>Waits for the rule's next time, in place of what was waited for before.</summary>
    public void Arm(ResourceKey key)
    {
        var due = store.Rules.TryGet(key, out var rule) && rule.Enabled && !string.IsNullOrEmpty(rule.ScheduleExpression)
            ? Schedule.Parse(rule.ScheduleExpression)!.Next(clock.GetUtcNow(), rule.ScheduledSince)
            : null;
        _timers.Arm(key, due, $"the schedule of the rule {key.Name}", () => Trigger(key));
    }

    private void Trigger(ResourceKey key)
    {
        if (!store.Rules.TryGet(key, out var rule) || !rule.Enabled)
            return;
        var scheduled = new Event(
            Guid.NewGuid().ToString(), "Scheduled Event", "aws.events", key.Account, clock.GetUtcNow(), key.Region, [rule.Arn], new JsonObject());
        delivery.Trigger(key, rule, scheduled);
        Arm(key);
    }
}

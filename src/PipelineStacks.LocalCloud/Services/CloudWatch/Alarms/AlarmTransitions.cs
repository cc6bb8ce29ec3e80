using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.Services.Sns;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>
/// Puts alarms into other states, and tells those who are to know: the history, the event bus, and the actions of the new state. Actions run on
/// transitions only. Composite alarms follow in the same moment.
/// </summary>
internal sealed class AlarmTransitions(AlarmState alarms, IEventBus bus, ITopicPublisher topics, Callers callers, TimeProvider time)
{
    private static readonly string[] States = [AlarmVerdict.Ok, AlarmVerdict.Alarm, AlarmVerdict.InsufficientData];

    private readonly Lock _moving = new();

    /// <exception cref="ServiceException">There is no such state.</exception>
    public static void CheckState(string state)
    {
        if (!States.Contains(state))
            throw new ServiceException("ValidationError", $"1 validation error detected: Value '{state}' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]");
    }

    public void Move(ResourceKey key, string state, string reason, JsonObject? data)
    {
        IAlarm? before, after;
        // Whoever finds the same at the same moment tells nobody again.
        lock (_moving)
        {
            before = alarms.Find(key);
            if (before is null || before.StateValue == state)
                return;
            var now = time.GetUtcNow();
            alarms.Metric.Update(key, alarm => alarm with { StateValue = state, StateReason = reason, StateReasonData = data?.ToJsonString(), StateUpdatedTimestamp = now, StateTransitionedTimestamp = now });
            alarms.Composite.Update(key, alarm => alarm with { StateValue = state, StateReason = reason, StateReasonData = data?.ToJsonString(), StateUpdatedTimestamp = now, StateTransitionedTimestamp = now });
            after = alarms.Find(key);
        }

        if (after is null)
            return;
        var message = new AlarmMessage(key, before, after);
        Note(key, after, "StateUpdate", $"Alarm updated from {before.StateValue} to {state}", message.History());
        bus.Publish(key.Account, key.Region, "aws.cloudwatch", "CloudWatch Alarm State Change", [after.AlarmArn], message.Event());
        foreach (var action in message.Actions)
            Act(key, after, action, message);
    }

    /// <summary>Evaluates the composite alarms until none changes any more, since they may look at each other.</summary>
    public void Follow(string account, string region)
    {
        var changed = true;
        for (var depth = 0; changed && depth < 100; depth++)
        {
            changed = false;
            foreach (var composite in alarms.Composite.In(account, region))
            {
                var key = new ResourceKey(account, region, composite.AlarmName);
                var rule = CompositeRule.Parse(composite.AlarmRule);
                var state = rule.Holds(name => alarms.Find(key with { Name = name })?.StateValue ?? AlarmVerdict.InsufficientData) ? AlarmVerdict.Alarm : AlarmVerdict.Ok;
                if (state == composite.StateValue)
                    continue;
                var cause = rule.Alarms.Select(name => alarms.Find(key with { Name = name })).OfType<IAlarm>().MaxBy(alarm => alarm.StateTransitionedTimestamp);
                Move(key, state, cause is null ? "The rule has another result." : $"{cause.AlarmArn} transitioned to {cause.StateValue} at {cause.StateTransitionedTimestamp:dddd dd MMMM, yyyy HH:mm:ss} UTC", null);
                changed = true;
            }
        }
    }

    public void Note(ResourceKey key, IAlarm alarm, string type, string summary, JsonObject data) => alarms.Note(key, new(
        key.Name, alarm is MetricAlarm ? nameof(MetricAlarm) : nameof(CompositeAlarm), time.GetUtcNow(), type, summary, data.ToJsonString()));

    // As the real service does: what an action fails of stands in the history, and the other actions run.
    private void Act(ResourceKey key, IAlarm alarm, string action, AlarmMessage message)
    {
        try
        {
            topics.Publish(callers.ForService(key.Account, key.Region, "cloudwatch.amazonaws.com"), action, message.Subject, message.Notification().ToJsonString());
            Note(key, alarm, "Action", $"Successfully executed action {action}", new JsonObject { ["actionState"] = "Succeeded", ["notificationResource"] = action });
        }
        catch (ServiceException error)
        {
            Note(key, alarm, "Action", $"Failed to execute action {action}. Received error: \"{error.Message}\"", new JsonObject { ["actionState"] = "Failed", ["notificationResource"] = action, ["error"] = error.Message });
        }
    }
}

using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Workflows for EventBridge, whose events they gather into batches.</summary>
internal interface IWorkflowEvents
{
    /// <summary>Glue's <c>NotifyEvent</c>, which has a permission but no operation that clients could call.</summary>
    /// <exception cref="ServiceException"><c>EntityNotFoundException</c>, <c>InvalidInputException</c> where the workflow waits for no events.</exception>
    void Notify(Call call, string workflow, string eventId);
}

/// <summary>
/// Gathers events for EVENT triggers until the batch is full or its window, which the first event opens, closes. Events that were
/// taken survive the cloud's end.
/// </summary>
internal sealed class TriggerEvents(WorkflowState state, TriggerFiring firing, CloudClock clock) : IWorkflowEvents, IHostedService
{
    private const int DefaultWindow = 900;

    private readonly ResourceTimers _timers = new(clock);

    public void Notify(Call call, string workflow, string eventId)
    {
        call.Authorize("glue:notifyEvent", WorkflowState.WorkflowArn(call, workflow));
        lock (state.Writing)
        {
            state.FindWorkflow(call, workflow);
            var trigger = state.TriggersOf(call.Account, call.Region, workflow).FirstOrDefault(one => one.Type == "EVENT");
            if (trigger is null or { State: "DEACTIVATED" })
                throw GlueErrors.Invalid(trigger is null
                    ? $"The workflow {workflow} has no EVENT trigger." : $"The trigger {trigger.Name} of the workflow {workflow} is DEACTIVATED.");
            var key = WorkflowState.Key(call, trigger.Name);
            var stored = state.Triggers.Update(key, before => before with
            {
                Events = [.. before.Events, eventId],
                WindowOpened = before.WindowOpened ?? clock.GetUtcNow(),
            })!;
            if (stored.Events.Count >= (trigger.EventBatchingCondition?.BatchSize ?? 1))
                Fire(key, stored, new(BatchSize: stored.Events.Count));
            else if (stored.Events.Count == 1)
                Arm(key);
        }
    }

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

    /// <summary>Waits for the end of the trigger's window, if one is open.</summary>
    public void Arm(ResourceKey key)
    {
        var due = state.Triggers.TryGet(key, out var stored) ? stored.WindowOpened + TimeSpan.FromSeconds(WindowOf(stored.Trigger)) : null;
        _timers.Arm(key, due, $"the window of the trigger {key.Name}", () => Close(key));
    }

    private void Close(ResourceKey key)
    {
        lock (state.Writing)
            if (state.Triggers.TryGet(key, out var stored) && stored.Events.Count > 0)
                Fire(key, stored, new(BatchWindow: WindowOf(stored.Trigger)));
    }

    private void Fire(ResourceKey key, StoredTrigger stored, StartingEventBatchCondition condition)
    {
        firing.FireUnasked(
            key.Account, key.Region, stored.Trigger, new Dictionary<string, string> { ["aws:eventIds"] = $"[{string.Join(',', stored.Events)}]" }, condition);
        // After the run is on disk: a kill in between starts it twice, which jobs must bear, and loses no event.
        state.Change(key, one => one with { Events = [], WindowOpened = null });
        Arm(key);
    }

    private static int WindowOf(Trigger trigger) => trigger.EventBatchingCondition?.BatchWindow ?? DefaultWindow;
}

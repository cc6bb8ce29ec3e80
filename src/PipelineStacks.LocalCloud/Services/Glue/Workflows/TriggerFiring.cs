using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>What firing a trigger means: a run of its workflow, or its actions alone.</summary>
internal sealed class TriggerFiring(WorkflowState state, WorkflowEngine engine, ActionStarter starter, ILogger<TriggerFiring> log)
{
    /// <exception cref="ServiceException">Its workflow can't be run now.</exception>
    public void Fire(string account, string region, Trigger trigger)
    {
        if (trigger.WorkflowName is { } workflow)
            engine.Begin(new(account, region, workflow), null, null);
        else
            FireAlone(account, region, trigger);
    }

    /// <summary>For a schedule or an event, where nobody waits for an answer: what is wrong is in the workflow's runs.</summary>
    public void FireUnasked(
        string account, string region, Trigger trigger, IReadOnlyDictionary<string, string>? properties, StartingEventBatchCondition? condition)
    {
        if (trigger.WorkflowName is { } workflow)
            engine.BeginUnasked(new(account, region, workflow), properties, condition);
        else
            FireAlone(account, region, trigger);
    }

    /// <summary>Something that a trigger outside workflows started has ended: fires the conditional triggers that waited for it.</summary>
    public void Ended(string account, string region, string what, string how)
    {
        lock (state.Writing)
            foreach (var stored in state.Triggers.In(account, region).Where(one => one.Trigger is { WorkflowName: null, Type: "CONDITIONAL", State: "ACTIVATED" }).ToList())
            {
                if (!stored.Trigger.Predicate!.Conditions!.Any(condition => Conditions.NameOf(condition) == what))
                    continue;
                var seen = new Dictionary<string, string>(stored.Seen, StringComparer.Ordinal) { [what] = how };
                var fires = Conditions.AreMet(stored.Trigger.Predicate, name => seen.TryGetValue(name, out var ended) ? [ended] : []);
                state.Change(new(account, region, stored.Trigger.Name), one => one with { Seen = fires ? new Dictionary<string, string>() : seen });
                if (fires)
                    FireAlone(account, region, stored.Trigger);
            }
    }

    private void FireAlone(string account, string region, Trigger trigger)
    {
        foreach (var action in trigger.Actions)
        {
            try
            {
                starter.Start(account, region, trigger.Name, null, null, action);
            }
            catch (ServiceException error)
            {
                // Glue tells nobody either; the job has no run that could say so.
                log.LogWarning("The trigger {Trigger} could not start {Action}: {Error}", trigger.Name, action.JobName ?? action.CrawlerName, error.Message);
            }
        }
    }
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;
using PipelineStacks.LocalCloud.Services.Schedules;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>What a trigger must be to be taken.</summary>
internal sealed class TriggerRules(IEnumerable<ITaggedResources> resources, WorkflowState state, TimeProvider time)
{
    private const int MaxCrawlers = 2;
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMinutes(5);
    private static readonly string[] JobStates = ["SUCCEEDED", "STOPPED", "TIMEOUT", "FAILED", "ERROR"];
    private static readonly string[] CrawlStates = ["SUCCEEDED", "CANCELLED", "FAILED"];

    /// <exception cref="ServiceException">All that is wrong with it, at once.</exception>
    public void Check(Call call, Trigger trigger)
    {
        if (Resources(trigger).FirstOrDefault(one => !resources.Any(kind => kind.Kind == one.Kind && kind.Exists(call, one.Name))) is { Name: not null } missing)
            throw GlueErrors.NotFound($"Entity not found: {missing.Kind} {missing.Name}, which the trigger {trigger.Name} names");
        if (trigger.WorkflowName is { } workflow)
            state.FindWorkflow(call, workflow);
        if (Faults(call, trigger).ToList() is { Count: > 0 } faults)
            throw GlueErrors.Invalid($"The trigger {trigger.Name} can't be: {string.Join(" ", faults)}");
    }

    private IEnumerable<string> Faults(Call call, Trigger trigger)
    {
        if (trigger.Name.Length is 0 or > 255)
            yield return "Its name must have 1 to 255 characters.";
        if (trigger.Type is not ("SCHEDULED" or "CONDITIONAL" or "ON_DEMAND" or "EVENT"))
            yield return $"Type {trigger.Type} is none of SCHEDULED, CONDITIONAL, ON_DEMAND, EVENT.";
        foreach (var fault in ActionFaults(trigger).Concat(ScheduleFaults(trigger)).Concat(PredicateFaults(trigger)).Concat(EventFaults(trigger)))
            yield return fault;
        if (trigger is { WorkflowName: { } workflow, Type: not "CONDITIONAL" }
            && state.TriggersOf(call.Account, call.Region, workflow).FirstOrDefault(one => one.Type != "CONDITIONAL" && one.Name != trigger.Name) is { } start)
            yield return $"The workflow {workflow} has the start trigger {start.Name} already.";
    }

    private static IEnumerable<string> ActionFaults(Trigger trigger)
    {
        if (trigger.Actions.Count == 0)
            yield return "It has no Actions.";
        if (trigger.Actions.Any(action => (action.JobName is null) == (action.CrawlerName is null)))
            yield return "An action names either JobName or CrawlerName.";
        if (trigger.Actions.Any(action => action.CrawlerName is not null && (action.Arguments ?? new Dictionary<string, string>()).Count > 0))
            yield return "Arguments are for jobs, not for crawlers.";
        if (trigger.Actions.Any(action => action.Timeout < 1))
            yield return "The Timeout of an action must be at least 1 minute.";
        if (trigger.Actions.Count(action => action.CrawlerName is not null) > MaxCrawlers)
            yield return $"It starts more than {MaxCrawlers} crawlers.";
    }

    private IEnumerable<string> ScheduleFaults(Trigger trigger)
    {
        if (trigger.Type == "SCHEDULED" != trigger.Schedule is { Length: > 0 })
            yield return trigger.Type == "SCHEDULED" ? "A SCHEDULED trigger needs a Schedule." : $"A trigger of the type {trigger.Type} has no Schedule.";
        if (trigger is not { Type: "SCHEDULED", Schedule: { Length: > 0 } expression })
            yield break;
        if (CronSchedule.Parse(expression) is not { } schedule)
            yield return $"The schedule {expression} is not valid; write it as cron(minutes hours day-of-month month day-of-week year), such as cron(15 12 * * ? *).";
        else if (schedule.Next(time.GetUtcNow()) is { } first && schedule.Next(first) is { } second && second - first < ShortestPeriod)
            yield return $"The schedule {expression} falls due more often than every 5 minutes.";
    }

    private static IEnumerable<string> PredicateFaults(Trigger trigger)
    {
        var conditions = trigger.Predicate?.Conditions ?? [];
        if (trigger.Type != "CONDITIONAL")
        {
            if (conditions.Count > 0)
                yield return $"A trigger of the type {trigger.Type} has no Predicate.";
            yield break;
        }

        if (conditions.Count == 0)
            yield return "A CONDITIONAL trigger needs a Predicate with Conditions.";
        if (trigger.Predicate?.Logical is not (null or "AND" or "ANY") || (conditions.Count > 1 && trigger.Predicate!.Logical is null))
            yield return "Predicate.Logical must be AND or ANY; with one condition it may be left out.";
        foreach (var condition in conditions)
        {
            if (condition.LogicalOperator is not (null or "EQUALS"))
                yield return $"LogicalOperator {condition.LogicalOperator} is not EQUALS.";
            if ((condition.JobName is null) == (condition.CrawlerName is null))
                yield return "A condition names either JobName with State or CrawlerName with CrawlState.";
            else if (condition.JobName is not null && !JobStates.Contains(condition.State))
                yield return $"State {condition.State} of the job {condition.JobName} is none of {string.Join(", ", JobStates)}.";
            else if (condition.CrawlerName is not null && !CrawlStates.Contains(condition.CrawlState))
                yield return $"CrawlState {condition.CrawlState} of the crawler {condition.CrawlerName} is none of {string.Join(", ", CrawlStates)}.";
        }
    }

    private static IEnumerable<string> EventFaults(Trigger trigger)
    {
        if (trigger.Type != "EVENT")
        {
            if (trigger.EventBatchingCondition is not null)
                yield return $"A trigger of the type {trigger.Type} has no EventBatchingCondition.";
            yield break;
        }

        if (trigger.WorkflowName is null)
            yield return "An EVENT trigger needs a WorkflowName: events are sent to workflows.";
        if (trigger.EventBatchingCondition is { BatchSize: < 1 or > 100 })
            yield return "EventBatchingCondition.BatchSize must be 1 to 100.";
        if (trigger.EventBatchingCondition is { BatchWindow: < 1 or > 900 })
            yield return "EventBatchingCondition.BatchWindow must be 1 to 900 seconds.";
    }

    private static IEnumerable<(string Kind, string Name)> Resources(Trigger trigger) =>
        trigger.Actions.Select(action => (action.JobName, action.CrawlerName))
            .Concat((trigger.Predicate?.Conditions ?? []).Select(condition => (condition.JobName, condition.CrawlerName)))
            .Where(names => names.JobName is null != names.CrawlerName is null)
            .Select(names => names.JobName is { } job ? ("job", job) : ("crawler", names.CrawlerName!));
}

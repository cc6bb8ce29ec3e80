using Amazon.CDK.AWS.Glue;
using Constructs;
using static Amazon.CDK.AWS.Glue.CfnTrigger;

namespace PipelineStacks.Etl;

/// <summary>A Glue workflow and its triggers: what starts it, and what follows upon the success of what.</summary>
internal sealed class Workflow
{
    private readonly Construct _scope;
    private readonly CfnWorkflow _workflow;
    private readonly string _name;

    public Workflow(Construct scope, string name, string description)
    {
        (_scope, _name) = (scope, name);
        _workflow = new CfnWorkflow(scope, "Workflow", new CfnWorkflowProps
        {
            Name = name,
            Description = description,
            // Two runs of one workflow would start the same jobs, which run once at a time.
            MaxConcurrentRuns = 1,
        });
    }

    public string Name => _workflow.Ref;

    public void StartAt(string schedule, IEnumerable<ActionProperty> actions) => new CfnTrigger(_scope, "Start", new CfnTriggerProps
    {
        Name = $"{_name}-start",
        WorkflowName = Name,
        Type = "SCHEDULED",
        Schedule = schedule,
        StartOnCreation = true,
        Actions = Checked(actions),
    });

    public void StartOn(int events, int seconds, IEnumerable<ActionProperty> actions) => new CfnTrigger(_scope, "Start", new CfnTriggerProps
    {
        Name = $"{_name}-start",
        WorkflowName = Name,
        Type = "EVENT",
        EventBatchingCondition = new EventBatchingConditionProperty { BatchSize = events, BatchWindow = seconds },
        Actions = Checked(actions),
    });

    /// <summary>Starts something when all of these have succeeded. A trigger without StartOnCreation would never fire.</summary>
    public void After(string id, IEnumerable<ConditionProperty> conditions, params ActionProperty[] actions) => new CfnTrigger(_scope, id, new CfnTriggerProps
    {
        Name = $"{_name}-{id.ToLowerInvariant()}",
        WorkflowName = Name,
        Type = "CONDITIONAL",
        StartOnCreation = true,
        Predicate = new PredicateProperty { Logical = "AND", Conditions = conditions.ToArray() },
        Actions = Checked(actions),
    });

    public static ActionProperty Run(SqlJob job) => new() { JobName = job.Name };

    public static ActionProperty Run(SqlJob job, Dictionary<string, object> arguments) => new() { JobName = job.Name, Arguments = arguments };

    public static ActionProperty Run(ZoneCrawler crawler) => new() { CrawlerName = crawler.Name };

    public static ConditionProperty Succeeded(SqlJob job) => new() { LogicalOperator = "EQUALS", JobName = job.Name, State = "SUCCEEDED" };

    public static ConditionProperty Succeeded(ZoneCrawler crawler) => new() { LogicalOperator = "EQUALS", CrawlerName = crawler.Name, CrawlState = "SUCCEEDED" };

    private static ActionProperty[] Checked(IEnumerable<ActionProperty> actions)
    {
        var all = actions.ToArray();
        return all.Count(action => action.CrawlerName is not null) <= 2
            ? all
            : throw new InvalidOperationException("A trigger of Glue starts at most two crawlers: let the third follow upon one of the others.");
    }
}

using System.Security.Cryptography;
using System.Text;
using PipelineStacks.LocalCloud.Services.Glue.Jobs;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Runs and graphs as the API shows them.</summary>
internal sealed class RunDescriptions(ActionStarter starter)
{
    public WorkflowRun Describe(StoredRun run, bool withGraph) => new()
    {
        Name = run.Workflow,
        WorkflowRunId = run.RunId,
        PreviousRunId = run.PreviousRunId,
        WorkflowRunProperties = run.Properties,
        StartedOn = run.StartedOn,
        CompletedOn = run.CompletedOn,
        Status = run.Status,
        ErrorMessage = run.ErrorMessage,
        Statistics = Statistics(run),
        Graph = withGraph ? Graph(run.Workflow, run.Triggers, run) : null,
        StartingEventBatchCondition = run.Condition,
    };

    /// <param name="run">Null for the workflow's own graph, which has no runs in it.</param>
    public WorkflowGraph Graph(string workflow, IReadOnlyList<Trigger> triggers, StoredRun? run)
    {
        var (nodes, edges) = (new List<Node>(), new List<Edge>());
        foreach (var trigger in triggers)
        {
            var id = TriggerId(workflow, trigger.Name);
            nodes.Add(new() { Type = "TRIGGER", Name = trigger.Name, UniqueId = id, TriggerDetails = new(trigger) });
            for (var i = 0; i < trigger.Actions.Count; i++)
            {
                nodes.Add(ActionNode(workflow, trigger, i, run));
                edges.Add(new(id, nodes[^1].UniqueId));
            }
        }

        foreach (var trigger in triggers)
            edges.AddRange((trigger.Predicate?.Conditions ?? []).Select(Conditions.NameOf).Distinct()
                .SelectMany(name => Watched(workflow, triggers, name)).Select(watched => new Edge(watched, TriggerId(workflow, trigger.Name))));
        return new(nodes, edges);
    }

    public static string ActionId(string workflow, string trigger, int index) => Id($"{workflow}/{trigger}/{index}");

    private static string TriggerId(string workflow, string trigger) => Id($"{workflow}/{trigger}");

    private static IEnumerable<string> Watched(string workflow, IReadOnlyList<Trigger> triggers, string name) =>
        triggers.SelectMany(trigger => trigger.Actions.Select((action, i) => (action, i))
            .Where(one => Conditions.NameOf(one.action.JobName, one.action.CrawlerName) == name).Select(one => ActionId(workflow, trigger.Name, one.i)));

    private Node ActionNode(string workflow, Trigger trigger, int index, StoredRun? run)
    {
        var action = trigger.Actions[index];
        var stored = run?.Actions.FirstOrDefault(one => one.Trigger == trigger.Name && one.Index == index);
        var id = ActionId(workflow, trigger.Name, index);
        return action.JobName is { } job
            ? new() { Type = "JOB", Name = job, UniqueId = id, JobDetails = run is null ? null : new(JobRuns(run, stored)) }
            : new() { Type = "CRAWLER", Name = action.CrawlerName!, UniqueId = id, CrawlerDetails = run is null ? null : new(Crawls(run, stored)) };
    }

    private IReadOnlyList<JobRun> JobRuns(StoredRun run, StoredAction? action) => action switch
    {
        null => [],
        // What could not be started has no run; its error would be seen nowhere else.
        { State: StoredAction.Error, RunId: null } =>
            [new() { Id = "", JobName = action.Job!, TriggerName = action.Trigger, JobRunState = JobRunStates.Error, ErrorMessage = action.ErrorMessage, StartedOn = run.StartedOn, LastModifiedOn = run.StartedOn }],
        _ => starter.RunsOf(run, action),
    };

    private IReadOnlyList<CrawlDetails> Crawls(StoredRun run, StoredAction? action)
    {
        if (action is null)
            return [];
        if (starter.CrawlOf(run, action) is { } crawl)
            return [new(crawl.State, crawl.StartedOn, crawl.CompletedOn, crawl.ErrorMessage, crawl.LogGroup, crawl.LogStream)];
        return [new(action.State, null, null, action.ErrorMessage, null, null)];
    }

    private WorkflowRunStatistics Statistics(StoredRun run)
    {
        var states = run.Actions.Select(action => action is { IsOpen: true, Job: not null }
            && starter.RunsOf(run, action) is [.., var last] ? last.JobRunState : action.State).ToList();
        var waiting = states.Count(one => one == JobRunStates.Waiting);
        return new(
            run.Triggers.Sum(trigger => trigger.Actions.Count),
            states.Count(one => one == "TIMEOUT"), states.Count(one => one == "FAILED"), states.Count(one => one is "STOPPED" or "CANCELLED"),
            states.Count(one => one == "SUCCEEDED"), run.Actions.Count(action => action.IsOpen) - waiting, states.Count(one => one == StoredAction.Error), waiting);
    }

    private static string Id(string text) => "wnode_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

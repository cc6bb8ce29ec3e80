using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Triggers, workflows and their runs. One writer at a time, since a run's next step depends on all of its actions.</summary>
internal sealed class WorkflowState(StateStore store)
{
    public Lock Writing { get; } = new();

    public StateCollection<StoredTrigger> Triggers { get; } = store.Open<StoredTrigger>("glue", "triggers");

    public StateCollection<StoredWorkflow> Workflows { get; } = store.Open<StoredWorkflow>("glue", "workflows");

    public StateCollection<StoredRun> Runs { get; } = store.Open<StoredRun>("glue", "workflow-runs");

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    public static string TriggerArn(Call call, string name) => call.Arn("glue", $"trigger/{name}");

    public static string WorkflowArn(Call call, string name) => call.Arn("glue", $"workflow/{name}");

    public StoredTrigger FindTrigger(Call call, string name) =>
        Triggers.TryGet(Key(call, name), out var found) ? found : throw GlueErrors.NotFound($"Trigger with name: {name} not found");

    public StoredWorkflow FindWorkflow(Call call, string name) =>
        Workflows.TryGet(Key(call, name), out var found) ? found : throw GlueErrors.NotFound($"Entity not found: workflow {name}");

    public StoredRun FindRun(Call call, string workflow, string run)
    {
        FindWorkflow(call, workflow);
        return Runs.TryGet(Key(call, run), out var found) && found.Workflow == workflow ? found
            : throw GlueErrors.NotFound($"Entity not found: run {run} of workflow {workflow}");
    }

    public IReadOnlyList<Trigger> TriggersOf(string account, string region, string workflow) =>
        [.. Triggers.In(account, region).Select(stored => stored.Trigger).Where(trigger => trigger.WorkflowName == workflow)];

    /// <summary>A workflow's runs, the newest first.</summary>
    public IReadOnlyList<StoredRun> RunsOf(string account, string region, string workflow) =>
        [.. Runs.In(account, region).Where(run => run.Workflow == workflow).OrderByDescending(run => run.Number)];

    /// <summary>A trigger with its change, unless it was deleted meanwhile.</summary>
    public void Change(ResourceKey key, Func<StoredTrigger, StoredTrigger> change) => Triggers.Update(key, change);
}

/// <summary>A trigger with what it waits for.</summary>
/// <param name="Events">Of an EVENT trigger: the ids of the events since its window opened.</param>
/// <param name="Seen">Of a CONDITIONAL trigger outside workflows: how what it watches ended since it last fired, by <c>job/name</c> or <c>crawler/name</c>.</param>
internal sealed record StoredTrigger(
    Trigger Trigger, IReadOnlyList<string> Events, DateTimeOffset? WindowOpened, IReadOnlyDictionary<string, string> Seen);

internal sealed record StoredWorkflow(
    string Name, string? Description, IReadOnlyDictionary<string, string> DefaultRunProperties, DateTimeOffset CreatedOn, DateTimeOffset LastModifiedOn,
    int? MaxConcurrentRuns);

/// <summary>One run of a workflow, with the triggers as they were when it started: later changes are for later runs.</summary>
/// <param name="Number">Counts the runs of the account and Region, since several may start in one moment of virtual time.</param>
/// <param name="Fired">The names of the triggers that have fired in it.</param>
internal sealed record StoredRun(
    string Account, string Region, string Workflow, string RunId, long Number, string? PreviousRunId, IReadOnlyDictionary<string, string> Properties,
    DateTimeOffset StartedOn, DateTimeOffset? CompletedOn, string Status, string? ErrorMessage, StartingEventBatchCondition? Condition,
    IReadOnlyList<Trigger> Triggers, IReadOnlyList<string> Fired, IReadOnlyList<StoredAction> Actions)
{
    public const string Running = "RUNNING";
    public const string Completed = "COMPLETED";
    public const string Stopping = "STOPPING";
    public const string Stopped = "STOPPED";
    public const string Error = "ERROR";

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => Status is Running or Stopping;

    [System.Text.Json.Serialization.JsonIgnore]
    public ResourceKey Key => new(Account, Region, RunId);

    public StoredRun With(StoredAction action) => this with { Actions = [.. Actions.Select(one => one.IsSame(action) ? action : one)] };
}

/// <summary>What a trigger that fired started in a run.</summary>
/// <param name="Index">Its place among the trigger's actions.</param>
/// <param name="State">As job runs and crawls have it; PENDING before the start, ERROR where it could not be started.</param>
/// <param name="RunId">Of the job run, the last attempt, or of the crawl.</param>
internal sealed record StoredAction(string Trigger, int Index, string? Job, string? Crawler, string State, string? RunId = null, string? ErrorMessage = null)
{
    public const string Pending = "PENDING";
    public const string Running = "RUNNING";
    public const string Error = "ERROR";

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => State is Pending or Running;

    public bool IsSame(StoredAction other) => Trigger == other.Trigger && Index == other.Index;
}

/// <summary>Tags of triggers, by ARN.</summary>
internal sealed class TaggedTriggers(WorkflowState state) : ITaggedResources
{
    public string Kind => "trigger";

    public bool Exists(Call call, string name) => state.Triggers.TryGet(WorkflowState.Key(call, name), out _);
}

/// <summary>Tags of workflows, by ARN.</summary>
internal sealed class TaggedWorkflows(WorkflowState state) : ITaggedResources
{
    public string Kind => "workflow";

    public bool Exists(Call call, string name) => state.Workflows.TryGet(WorkflowState.Key(call, name), out _);
}

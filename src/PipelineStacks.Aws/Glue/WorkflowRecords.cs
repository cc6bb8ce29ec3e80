namespace PipelineStacks.Aws.Glue;

/// <summary>A workflow: jobs and crawlers, tied by triggers.</summary>
public sealed record Workflow
{
    /// <summary>The workflow's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>The run that was started last.</summary>
    public WorkflowRun? LastRun { get; init; }

    /// <summary>Its parts.</summary>
    public WorkflowGraph? Graph { get; init; }
}

/// <summary>A run of a workflow.</summary>
public sealed record WorkflowRun
{
    /// <summary>The workflow's name.</summary>
    public string? Name { get; init; }

    /// <summary>The run's id, such as <c>wr_…</c>.</summary>
    public required string WorkflowRunId { get; init; }

    /// <summary>RUNNING, COMPLETED (also where nodes failed), STOPPING, STOPPED or ERROR.</summary>
    public required string Status { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset? StartedOn { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedOn { get; init; }

    /// <summary>Why a run could not do its work, such as a crawler that was busy.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>How many actions are in which state.</summary>
    public WorkflowRunStatistics? Statistics { get; init; }

    /// <summary>Its parts, with what each did.</summary>
    public WorkflowGraph? Graph { get; init; }
}

/// <summary>How many of a run's actions are in which state.</summary>
public sealed record WorkflowRunStatistics
{
    /// <summary>All of them.</summary>
    public int TotalActions { get; init; }

    /// <summary>Those that took too long.</summary>
    public int TimeoutActions { get; init; }

    /// <summary>Those that failed.</summary>
    public int FailedActions { get; init; }

    /// <summary>Those that were stopped.</summary>
    public int StoppedActions { get; init; }

    /// <summary>Those that succeeded.</summary>
    public int SucceededActions { get; init; }

    /// <summary>Those that run.</summary>
    public int RunningActions { get; init; }

    /// <summary>Those that could not be started.</summary>
    public int ErroredActions { get; init; }

    /// <summary>Those that wait for capacity.</summary>
    public int WaitingActions { get; init; }
}

/// <summary>The parts of a workflow and how one leads to another.</summary>
public sealed record WorkflowGraph(IReadOnlyList<Node>? Nodes, IReadOnlyList<Edge>? Edges);

/// <summary>From one node, by its unique id, to another.</summary>
public sealed record Edge(string SourceId, string DestinationId);

/// <summary>A crawler, a job or a trigger in a workflow.</summary>
public sealed record Node
{
    /// <summary>CRAWLER, JOB or TRIGGER.</summary>
    public required string Type { get; init; }

    /// <summary>The name of what it stands for.</summary>
    public required string Name { get; init; }

    /// <summary>What edges call it.</summary>
    public required string UniqueId { get; init; }

    /// <summary>Of a trigger.</summary>
    public TriggerNodeDetails? TriggerDetails { get; init; }

    /// <summary>Of a job, in a run.</summary>
    public JobNodeDetails? JobDetails { get; init; }

    /// <summary>Of a crawler, in a run.</summary>
    public CrawlerNodeDetails? CrawlerDetails { get; init; }
}

/// <summary>A trigger as a node.</summary>
public sealed record TriggerNodeDetails(Trigger? Trigger);

/// <summary>The runs of a job within a workflow's run: one, or several where it was tried again.</summary>
public sealed record JobNodeDetails(IReadOnlyList<JobRun>? JobRuns);

/// <summary>The crawls of a crawler within a workflow's run.</summary>
public sealed record CrawlerNodeDetails(IReadOnlyList<Crawl>? Crawls);

/// <summary>What starts jobs and crawlers.</summary>
public sealed record Trigger
{
    /// <summary>The trigger's name.</summary>
    public string? Name { get; init; }

    /// <summary>SCHEDULED, CONDITIONAL, ON_DEMAND or EVENT.</summary>
    public string? Type { get; init; }

    /// <summary>Such as ACTIVATED; a trigger that isn't starts nothing.</summary>
    public string? State { get; init; }

    /// <summary>When a scheduled one fires.</summary>
    public string? Schedule { get; init; }

    /// <summary>What it starts.</summary>
    public IReadOnlyList<TriggerAction>? Actions { get; init; }

    /// <summary>What a conditional one waits for.</summary>
    public Predicate? Predicate { get; init; }

    /// <summary>How an event-driven one gathers events.</summary>
    public EventBatchingCondition? EventBatchingCondition { get; init; }
}

/// <summary>A job or a crawler that a trigger starts.</summary>
public sealed record TriggerAction(string? JobName, string? CrawlerName);

/// <summary>What a conditional trigger waits for.</summary>
/// <param name="Logical">AND or ANY.</param>
public sealed record Predicate(string? Logical, IReadOnlyList<Condition>? Conditions);

/// <summary>A state that a job or a crawler must get into.</summary>
public sealed record Condition(string? JobName, string? State, string? CrawlerName, string? CrawlState);

/// <summary>How many events start a workflow, or how many seconds after the first one.</summary>
public sealed record EventBatchingCondition(int BatchSize, int? BatchWindow);

/// <summary>A run of a job.</summary>
public sealed record JobRun
{
    /// <summary>The run's id, which its log streams are called after.</summary>
    public required string Id { get; init; }

    /// <summary>How many runs failed before this one.</summary>
    public int Attempt { get; init; }

    /// <summary>STARTING, RUNNING, STOPPING, STOPPED, SUCCEEDED, FAILED, TIMEOUT, ERROR, WAITING or EXPIRED.</summary>
    public required string JobRunState { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset? StartedOn { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedOn { get; init; }

    /// <summary>Seconds that it used resources for.</summary>
    public int ExecutionTime { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>What its log groups' names begin with, such as <c>/aws-glue/jobs</c>.</summary>
    public string? LogGroupName { get; init; }
}

/// <summary>A crawl of a crawler.</summary>
public sealed record Crawl
{
    /// <summary>RUNNING, CANCELLING, CANCELLED, SUCCEEDED, FAILED or ERROR.</summary>
    public required string State { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset? StartedOn { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedOn { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The group of its log.</summary>
    public string? LogGroup { get; init; }

    /// <summary>The stream of its log.</summary>
    public string? LogStream { get; init; }
}

internal sealed record GetWorkflowRequest(string Name, bool IncludeGraph);

internal sealed record GetWorkflowResponse(Workflow? Workflow);

internal sealed record StartWorkflowRunRequest(string Name);

internal sealed record StartWorkflowRunResponse(string RunId);

internal sealed record GetWorkflowRunRequest(string Name, string RunId, bool IncludeGraph);

internal sealed record GetWorkflowRunResponse(WorkflowRun Run);

internal sealed record GetWorkflowRunsRequest(string Name, int MaxResults);

internal sealed record GetWorkflowRunsResponse(IReadOnlyList<WorkflowRun>? Runs);

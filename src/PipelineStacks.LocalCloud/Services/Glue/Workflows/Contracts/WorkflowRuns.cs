using PipelineStacks.LocalCloud.Services.Glue.Jobs;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

internal sealed record WorkflowRun
{
    public required string Name { get; init; }
    public required string WorkflowRunId { get; init; }
    public string? PreviousRunId { get; init; }
    public required IReadOnlyDictionary<string, string> WorkflowRunProperties { get; init; }
    public DateTimeOffset StartedOn { get; init; }
    public DateTimeOffset? CompletedOn { get; init; }

    /// <summary>RUNNING, COMPLETED, STOPPING, STOPPED, ERROR.</summary>
    public required string Status { get; init; }

    public string? ErrorMessage { get; init; }
    public required WorkflowRunStatistics Statistics { get; init; }
    public WorkflowGraph? Graph { get; init; }
    public StartingEventBatchCondition? StartingEventBatchCondition { get; init; }
}

/// <summary>Which condition started the run: the one that is not null.</summary>
internal sealed record StartingEventBatchCondition(int? BatchSize = null, int? BatchWindow = null);

internal sealed record WorkflowRunStatistics(
    int TotalActions, int TimeoutActions, int FailedActions, int StoppedActions, int SucceededActions, int RunningActions, int ErroredActions,
    int WaitingActions);

internal sealed record WorkflowGraph(IReadOnlyList<Node> Nodes, IReadOnlyList<Edge> Edges);

internal sealed record Node
{
    /// <summary>CRAWLER, JOB, TRIGGER.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }
    public required string UniqueId { get; init; }
    public TriggerNodeDetails? TriggerDetails { get; init; }
    public JobNodeDetails? JobDetails { get; init; }
    public CrawlerNodeDetails? CrawlerDetails { get; init; }
}

internal sealed record TriggerNodeDetails(Trigger Trigger);

internal sealed record JobNodeDetails(IReadOnlyList<JobRun> JobRuns);

internal sealed record CrawlerNodeDetails(IReadOnlyList<CrawlDetails> Crawls);

/// <summary>Glue's <c>Crawl</c>.</summary>
internal sealed record CrawlDetails(
    string State, DateTimeOffset? StartedOn, DateTimeOffset? CompletedOn, string? ErrorMessage, string? LogGroup, string? LogStream);

internal sealed record Edge(string SourceId, string DestinationId);

internal sealed record StartWorkflowRunRequest(string Name, IReadOnlyDictionary<string, string>? RunProperties);

internal sealed record WorkflowRunIdResponse(string RunId);

internal sealed record WorkflowRunRequest(string Name, string RunId);

internal sealed record GetWorkflowRunRequest(string Name, string RunId, bool? IncludeGraph);

internal sealed record GetWorkflowRunResponse(WorkflowRun Run);

internal sealed record GetWorkflowRunsRequest(string Name, bool? IncludeGraph, string? NextToken, int? MaxResults);

internal sealed record GetWorkflowRunsResponse(IReadOnlyList<WorkflowRun> Runs, string? NextToken);

internal sealed record GetWorkflowRunPropertiesResponse(IReadOnlyDictionary<string, string> RunProperties);

internal sealed record PutWorkflowRunPropertiesRequest(string Name, string RunId, IReadOnlyDictionary<string, string> RunProperties);

internal sealed record ResumeWorkflowRunRequest(string Name, string RunId, IReadOnlyList<string> NodeIds);

internal sealed record ResumeWorkflowRunResponse(string RunId, IReadOnlyList<string> NodeIds);

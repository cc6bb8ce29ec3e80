using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

internal sealed record Workflow
{
    public required string Name { get; init; }
    public string? Description { get; init; }
    public IReadOnlyDictionary<string, string>? DefaultRunProperties { get; init; }
    public DateTimeOffset CreatedOn { get; init; }
    public DateTimeOffset LastModifiedOn { get; init; }
    public WorkflowRun? LastRun { get; init; }
    public WorkflowGraph? Graph { get; init; }
    public int? MaxConcurrentRuns { get; init; }
}

internal sealed record CreateWorkflowRequest
{
    public required string Name { get; init; }
    public string? Description { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? DefaultRunProperties { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
    public int? MaxConcurrentRuns { get; init; }
}

internal sealed record UpdateWorkflowRequest
{
    public required string Name { get; init; }
    public string? Description { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? DefaultRunProperties { get; init; }

    public int? MaxConcurrentRuns { get; init; }
}

internal sealed record WorkflowNameResponse(string Name);

internal sealed record GetWorkflowRequest(string Name, bool? IncludeGraph);

internal sealed record GetWorkflowResponse(Workflow Workflow);

internal sealed record ListWorkflowsRequest(string? NextToken, int? MaxResults);

internal sealed record ListWorkflowsResponse(IReadOnlyList<string> Workflows, string? NextToken);

internal sealed record BatchGetWorkflowsRequest(IReadOnlyList<string> Names, bool? IncludeGraph);

internal sealed record BatchGetWorkflowsResponse(IReadOnlyList<Workflow> Workflows, IReadOnlyList<string> MissingWorkflows);

internal sealed record DeleteWorkflowRequest(string Name);

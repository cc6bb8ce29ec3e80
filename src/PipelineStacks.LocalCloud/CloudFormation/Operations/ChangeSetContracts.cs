using PipelineStacks.LocalCloud.CloudFormation.Planning;
using PipelineStacks.LocalCloud.Services;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

internal sealed record CreateChangeSetInput : StackRequest
{
    public required string ChangeSetName { get; init; }

    public string? ChangeSetType { get; init; }

    public string? Description { get; init; }

    public string? ClientToken { get; init; }

    public string? OnStackFailure { get; init; }

    public IReadOnlyList<object>? ResourcesToImport { get; init; }

    public bool IncludeNestedStacks { get; init; }

    public bool ImportExistingResources { get; init; }

    public string? DeploymentMode { get; init; }
}

internal sealed record CreateChangeSetOutput(string Id, string StackId);

internal record ChangeSetInput
{
    public required string ChangeSetName { get; init; }

    public string? StackName { get; init; }

    public string? NextToken { get; init; }

    public bool IncludePropertyValues { get; init; }
}

internal sealed record ExecuteChangeSetInput : ChangeSetInput
{
    public string? ClientRequestToken { get; init; }

    public bool? DisableRollback { get; init; }

    public bool? RetainExceptOnCreate { get; init; }
}

internal sealed record DescribeChangeSetOutput
{
    public required string ChangeSetName { get; init; }

    public required string ChangeSetId { get; init; }

    public required string StackId { get; init; }

    public required string StackName { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    public required DateTimeOffset CreationTime { get; init; }

    public required string ExecutionStatus { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public IReadOnlyList<string> NotificationARNs { get; init; } = [];

    public RollbackConfiguration RollbackConfiguration { get; init; } = new();

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public IReadOnlyList<Change> Changes { get; init; } = [];

    public bool IncludeNestedStacks { get; init; }

    public string? OnStackFailure { get; init; }
}

internal sealed record Change(string Type, PlannedChange ResourceChange);

internal sealed record ListChangeSetsInput
{
    public required string StackName { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ListChangeSetsOutput(IReadOnlyList<ChangeSetSummary> Summaries);

internal sealed record ChangeSetSummary(
    string StackId, string StackName, string ChangeSetId, string ChangeSetName, string ExecutionStatus, string Status,
    string? StatusReason, DateTimeOffset CreationTime, string? Description);

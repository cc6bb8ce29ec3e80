using PipelineStacks.LocalCloud.CloudFormation.Planning;

namespace PipelineStacks.LocalCloud.CloudFormation.Stacks;

/// <summary>A change set: what a stack would become, and the changes that this takes.</summary>
internal sealed record ChangeSet
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string StackId { get; init; }

    public required string StackName { get; init; }

    public required string Type { get; init; }

    public string? Description { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>CREATE_COMPLETE or FAILED: a change set is planned while the request waits.</summary>
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public required string ExecutionStatus { get; init; }

    public OnFailure? OnStackFailure { get; init; }

    public required StackDefinition Definition { get; init; }

    public IReadOnlyList<PlannedChange> Changes { get; init; } = [];

    /// <summary>The exports of other stacks that the stack would use.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];
}

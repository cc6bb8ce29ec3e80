using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Templates;
using PipelineStacks.LocalCloud.Services;

namespace PipelineStacks.LocalCloud.CloudFormation.Stacks;

/// <summary>A stack. Its resources and events are kept beside it, so that progress doesn't rewrite the template.</summary>
internal sealed record Stack
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Account { get; init; }

    public required string Region { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    public DateTimeOffset? LastUpdatedTime { get; init; }

    public DateTimeOffset? DeletionTime { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public bool TerminationProtection { get; init; }

    public bool DisableRollback { get; init; }

    /// <summary>What the stack is made of; null until its creation has begun.</summary>
    public StackDefinition? Current { get; init; }

    /// <summary>What an update replaced, to which a rollback returns; null when no update is under way or failed.</summary>
    public StackDefinition? Previous { get; init; }

    public IReadOnlyList<StackOutput> Outputs { get; init; } = [];

    /// <summary>The names of the exports that the stack's values come from.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>What the stack imported before the update, to which a rollback returns.</summary>
    public IReadOnlyList<string> ImportsBefore { get; init; } = [];

    /// <summary>What is under way, so that it can be brought to an end after the process was killed.</summary>
    public StackOperation? Operation { get; init; }

    /// <summary>What identifies the stack in file names: the last part of its id.</summary>
    public string Uuid => Id[(Id.LastIndexOf('/') + 1)..];

    public bool IsInProgress => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && Status != StackStatus.ReviewInProgress;

    public PseudoParameters Pseudo => new(Account, Region, Id, Name);
}

/// <summary>What a request asked a stack to be.</summary>
internal sealed record StackDefinition
{
    public required string TemplateBody { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<ParameterValue> Parameters { get; init; } = [];

    /// <summary>The keys of parameters whose values are never shown.</summary>
    public IReadOnlyList<string> NoEcho { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public string? RoleArn { get; init; }
}

internal sealed record StackOutput(string OutputKey, string OutputValue, string? Description, string? ExportName);

/// <summary>How an operation was asked for.</summary>
/// <param name="Principal">Who asked; the work is done in their name unless the stack has a role.</param>
/// <param name="Token">The client's token, which stands in every event of the operation.</param>
internal sealed record StackOperation(Principal Principal, string? Token)
{
    public OnFailure OnFailure { get; init; } = OnFailure.Rollback;

    public bool RetainExceptOnCreate { get; init; }

    /// <summary>Resources that a deletion or a continued rollback leaves alone.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>Deletion goes on where a resource can't be deleted.</summary>
    public bool Force { get; init; }
}

internal enum OnFailure
{
    Rollback,
    DoNothing,
    Delete,
}

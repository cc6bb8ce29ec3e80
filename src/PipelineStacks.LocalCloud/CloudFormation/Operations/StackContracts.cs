using PipelineStacks.LocalCloud.Services;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

internal sealed record CreateStackInput : StackRequest
{
    public bool? DisableRollback { get; init; }

    public string? OnFailure { get; init; }

    public int? TimeoutInMinutes { get; init; }

    public string? StackPolicyBody { get; init; }

    public string? StackPolicyURL { get; init; }

    public string? ClientRequestToken { get; init; }

    public bool EnableTerminationProtection { get; init; }

    public bool? RetainExceptOnCreate { get; init; }
}

internal sealed record UpdateStackInput : StackRequest
{
    public bool? DisableRollback { get; init; }

    public string? StackPolicyBody { get; init; }

    public string? StackPolicyURL { get; init; }

    public string? ClientRequestToken { get; init; }

    public bool? RetainExceptOnCreate { get; init; }
}

internal sealed record StackIdOutput(string StackId);

internal sealed record DeleteStackInput
{
    public required string StackName { get; init; }

    public string? RoleARN { get; init; }

    public IReadOnlyList<string>? RetainResources { get; init; }

    public string? ClientRequestToken { get; init; }

    public string? DeletionMode { get; init; }
}

internal sealed record RollbackStackInput
{
    public required string StackName { get; init; }

    public string? RoleARN { get; init; }

    public string? ClientRequestToken { get; init; }

    public bool? RetainExceptOnCreate { get; init; }
}

internal sealed record ContinueUpdateRollbackInput
{
    public required string StackName { get; init; }

    public string? RoleARN { get; init; }

    public IReadOnlyList<string>? ResourcesToSkip { get; init; }

    public string? ClientRequestToken { get; init; }
}

internal sealed record UpdateTerminationProtectionInput
{
    public required string StackName { get; init; }

    public required bool EnableTerminationProtection { get; init; }
}

internal sealed record DescribeStacksInput
{
    public string? StackName { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeStacksOutput(IReadOnlyList<StackDescription> Stacks);

/// <summary>The API's <c>Stack</c>.</summary>
internal sealed record StackDescription
{
    public required string StackId { get; init; }

    public required string StackName { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    public required DateTimeOffset CreationTime { get; init; }

    public DateTimeOffset? DeletionTime { get; init; }

    public DateTimeOffset? LastUpdatedTime { get; init; }

    public RollbackConfiguration RollbackConfiguration { get; init; } = new();

    public required string StackStatus { get; init; }

    public string? StackStatusReason { get; init; }

    public bool DisableRollback { get; init; }

    public IReadOnlyList<string> NotificationARNs { get; init; } = [];

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public IReadOnlyList<Output> Outputs { get; init; } = [];

    public string? RoleARN { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public bool EnableTerminationProtection { get; init; }

    public DriftInformation DriftInformation { get; init; } = new("NOT_CHECKED");
}

internal sealed record Output(string OutputKey, string OutputValue, string? Description, string? ExportName);

internal sealed record DriftInformation(string StackDriftStatus);

internal sealed record ListStacksInput
{
    public string? NextToken { get; init; }

    public IReadOnlyList<string>? StackStatusFilter { get; init; }
}

internal sealed record ListStacksOutput(IReadOnlyList<StackSummary> StackSummaries);

internal sealed record StackSummary(
    string StackId, string StackName, string? TemplateDescription, DateTimeOffset CreationTime, DateTimeOffset? LastUpdatedTime,
    DateTimeOffset? DeletionTime, string StackStatus, string? StackStatusReason, DriftInformation DriftInformation);

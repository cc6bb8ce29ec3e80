namespace PipelineStacks.LocalCloud.CloudFormation.Stacks;

/// <summary>Something that happened to a stack or one of its resources.</summary>
internal sealed record StackEvent
{
    public required string StackId { get; init; }

    public required string EventId { get; init; }

    public required string StackName { get; init; }

    public required string LogicalResourceId { get; init; }

    public required string PhysicalResourceId { get; init; }

    public required string ResourceType { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required string ResourceStatus { get; init; }

    public string? ResourceStatusReason { get; init; }

    public string? ResourceProperties { get; init; }

    public string? ClientRequestToken { get; init; }
}

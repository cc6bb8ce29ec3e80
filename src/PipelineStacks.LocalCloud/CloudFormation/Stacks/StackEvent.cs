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

/// <summary>A stack's latest events, oldest first.</summary>
internal sealed record StackEvents(IReadOnlyList<StackEvent> Items)
{
    // AWS keeps 90 days; a local stack that is deployed all day long keeps its last few hundred deployments' worth.
    public const int Max = 2000;

    public static readonly StackEvents None = new([]);

    public StackEvents With(StackEvent next) => new([.. Items.Skip(Math.Max(0, Items.Count + 1 - Max)), next]);
}

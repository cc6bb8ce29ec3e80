namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>One resource's change, with the members of the API's <c>ResourceChange</c>.</summary>
internal sealed record PlannedChange
{
    public string? PolicyAction { get; init; }

    /// <summary>Add, Modify or Remove.</summary>
    public required string Action { get; init; }

    public required string LogicalResourceId { get; init; }

    public string? PhysicalResourceId { get; init; }

    public required string ResourceType { get; init; }

    /// <summary>True, False or Conditional; null unless the resource is modified.</summary>
    public string? Replacement { get; init; }

    public IReadOnlyList<string> Scope { get; init; } = [];

    public IReadOnlyList<PlannedDetail> Details { get; init; } = [];
}

internal sealed record PlannedDetail(PlannedTarget Target, string Evaluation, string ChangeSource, string? CausingEntity);

/// <param name="Attribute">Properties, Metadata or DeletionPolicy, as under <c>Scope</c>.</param>
internal sealed record PlannedTarget(string Attribute, string? Name, string RequiresRecreation);

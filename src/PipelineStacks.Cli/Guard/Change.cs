using System.Text.Json.Serialization;

namespace PipelineStacks.Cli.Guard;

/// <summary>What would become of a resource, the gravest last.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
internal enum ChangeKind
{
    Added,
    Changed,

    /// <summary>CloudFormation decides by the values whether it is made anew.</summary>
    MaybeReplaced,
    Deleted,
    Replaced,

    /// <summary>Less keeps its data than before.</summary>
    Weakened,

    /// <summary>More is allowed than before.</summary>
    Widened,

    /// <summary>CloudFormation would refuse it, in the middle of the deployment.</summary>
    Refused,
}

/// <summary>One difference between two assemblies.</summary>
internal sealed record Change
{
    /// <summary>The stack's place in the app, such as <c>Prod/Storage</c>.</summary>
    public required string Stack { get; init; }

    /// <summary>The construct's path where the template has it, otherwise stack and logical id.</summary>
    public required string Resource { get; init; }

    public required string LogicalId { get; init; }

    public required string Type { get; init; }

    public required ChangeKind Kind { get; init; }

    /// <summary>Whether data, or a position in it, goes with the resource.</summary>
    public bool Stateful { get; init; }

    /// <summary>The properties or grants, and what to know about them.</summary>
    public required IReadOnlyList<string> Details { get; init; }

    /// <summary>The reason on the list of allowed changes.</summary>
    public string? Allowed { get; init; }

    /// <summary>Whether this alone stops the promotion.</summary>
    public bool Fails => Allowed is null && (Kind == ChangeKind.Refused || (Stateful && Kind is ChangeKind.Replaced or ChangeKind.Deleted or ChangeKind.Weakened));
}

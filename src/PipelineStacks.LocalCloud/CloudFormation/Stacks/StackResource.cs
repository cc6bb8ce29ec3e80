using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Stacks;

/// <summary>A resource of a stack, by its logical id.</summary>
internal sealed record StackResource
{
    public required string LogicalId { get; init; }

    public required string Type { get; init; }

    /// <summary>For example CREATE_COMPLETE.</summary>
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>What exists now; null before creation has ended and after deletion.</summary>
    public ResourceVersion? Current { get; init; }

    /// <summary>What existed before the update that is under way or failed.</summary>
    public ResourceVersion? Before { get; init; }

    public ResourceChange Change { get; init; }

    /// <summary>Further physical resources that the update left behind, deleted whichever way it ends.</summary>
    public IReadOnlyList<ResourceVersion> Abandoned { get; init; } = [];

    public string? PhysicalId => Current?.PhysicalId;
}

/// <summary>What the update that is under way did to a resource.</summary>
internal enum ResourceChange
{
    None,
    Created,
    Updated,
    Replaced,
}

/// <summary>One physical resource and what it was made from.</summary>
internal sealed record ResourceVersion
{
    public required string PhysicalId { get; init; }

    public required JsonObject Properties { get; init; }

    public IReadOnlyDictionary<string, JsonNode?> Attributes { get; init; } = new Dictionary<string, JsonNode?>();

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public RemovalPolicy DeletionPolicy { get; init; }

    public RemovalPolicy UpdateReplacePolicy { get; init; }
}

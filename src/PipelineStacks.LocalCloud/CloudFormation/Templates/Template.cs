using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>A template whose structure was checked. What its intrinsic functions yield is not known yet.</summary>
internal sealed record Template
{
    /// <summary>The text as it was handed in, which <c>GetTemplate</c> returns.</summary>
    public required string Body { get; init; }

    public string? Description { get; init; }

    public JsonObject? Metadata { get; init; }

    public required OrderedDictionary<string, ParameterDefinition> Parameters { get; init; }

    public required JsonObject Mappings { get; init; }

    public required JsonObject Conditions { get; init; }

    public required JsonObject Rules { get; init; }

    public required OrderedDictionary<string, ResourceDefinition> Resources { get; init; }

    public required OrderedDictionary<string, OutputDefinition> Outputs { get; init; }
}

internal sealed record ParameterDefinition
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public string? Default { get; init; }

    public string? Description { get; init; }

    public string? ConstraintDescription { get; init; }

    public string? AllowedPattern { get; init; }

    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public decimal? MinValue { get; init; }

    public decimal? MaxValue { get; init; }

    public bool NoEcho { get; init; }
}

internal sealed record ResourceDefinition
{
    public required string LogicalId { get; init; }

    public required string Type { get; init; }

    public JsonObject Properties { get; init; } = [];

    public JsonObject? Metadata { get; init; }

    public string? Condition { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public RemovalPolicy? DeletionPolicy { get; init; }

    public RemovalPolicy? UpdateReplacePolicy { get; init; }
}

/// <summary>What becomes of a physical resource that leaves its stack.</summary>
internal enum RemovalPolicy
{
    Delete,
    Retain,
    Snapshot,
    RetainExceptOnCreate,
}

internal sealed record OutputDefinition(string Key, JsonNode? Value, string? Description, JsonNode? ExportName, string? Condition);

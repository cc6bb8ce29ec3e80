using PipelineStacks.Cli.Quarantines;

namespace PipelineStacks.Cli.Run;

/// <summary>What the workflow from landing to curated made of all that a run brought.</summary>
internal sealed record LakeSummary
{
    public required string Workflow { get; init; }

    public required string RunId { get; init; }

    public required bool Succeeded { get; init; }

    /// <summary>What failed, or where the counts differ, if they do.</summary>
    public required string? Difference { get; init; }

    public required IReadOnlyList<LakeTable> Clean { get; init; }

    public required IReadOnlyList<LakeTable> Curated { get; init; }

    /// <summary>All that was rejected, earlier runs' included.</summary>
    public required IReadOnlyList<QuarantineCount> Quarantine { get; init; }

    public required double WorkflowSeconds { get; init; }

    public required double EndToEndSeconds { get; init; }
}

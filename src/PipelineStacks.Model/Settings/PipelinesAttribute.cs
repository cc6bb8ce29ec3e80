using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Settings;

/// <summary>A pipeline that some dataset belongs to.</summary>
public sealed class PipelinesAttribute : LimitAttribute
{
    /// <inheritdoc/>
    public override string Advice => $"Give any of {string.Join(", ", DatasetCatalog.Pipelines)}.";

    internal override string? Problem(object value) => DatasetCatalog.Pipelines.Contains((string)value)
        ? null
        : Spelling.Closest((string)value, DatasetCatalog.Pipelines) is { } closest ? $"no pipeline, and perhaps meant as '{closest}'" : "no pipeline";
}

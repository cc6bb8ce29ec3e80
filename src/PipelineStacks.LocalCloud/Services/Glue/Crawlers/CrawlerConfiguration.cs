using System.Text.Json;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>The versioned JSON in a crawler's <c>Configuration</c>.</summary>
internal sealed record CrawlerConfiguration
{
    public decimal? Version { get; init; }

    public CrawlerOutput? CrawlerOutput { get; init; }

    public CrawlerGrouping? Grouping { get; init; }

    /// <summary>Accepted: an index changes how fast partitions are found, not which.</summary>
    public bool CreatePartitionIndex { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool PartitionsInherit => CrawlerOutput?.Partitions?.AddOrUpdateBehavior is "InheritFromTable";

    [System.Text.Json.Serialization.JsonIgnore]
    public bool MergesNewColumns => CrawlerOutput?.Tables?.AddOrUpdateBehavior is "MergeNewColumns";

    [System.Text.Json.Serialization.JsonIgnore]
    public bool CombinesCompatible => Grouping?.TableGroupingPolicy is "CombineCompatibleSchemas";

    /// <exception cref="Calls.ServiceException"><c>InvalidInputException</c>, with everything that is wrong.</exception>
    public static CrawlerConfiguration Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new();
        CrawlerConfiguration read;
        try
        {
            read = JsonSerializer.Deserialize<CrawlerConfiguration>(text, Wire.Pascal) ?? throw new JsonException("The configuration is null.");
        }
        catch (JsonException error)
        {
            throw GlueErrors.Invalid(JsonErrors.Explain("The crawler's Configuration", error));
        }

        return read.Problems().ToList() is { Count: > 0 } problems
            ? throw GlueErrors.Invalid($"The crawler's Configuration is not valid: {string.Join(" ", problems)}") : read;
    }

    private IEnumerable<string> Problems()
    {
        if (Version != 1.0m)
            yield return "Version must be 1.0.";
        if (CrawlerOutput?.Partitions?.AddOrUpdateBehavior is not (null or "InheritFromTable") and var partitions)
            yield return $"CrawlerOutput.Partitions.AddOrUpdateBehavior is {partitions} and can be InheritFromTable only.";
        if (CrawlerOutput?.Partitions?.TableThreshold is not null)
            yield return "TableThreshold belongs under CrawlerOutput.Tables.";
        if (CrawlerOutput?.Tables?.AddOrUpdateBehavior is not (null or "MergeNewColumns") and var tables)
            yield return $"CrawlerOutput.Tables.AddOrUpdateBehavior is {tables} and can be MergeNewColumns only.";
        if (CrawlerOutput?.Tables?.TableThreshold < 1)
            yield return "CrawlerOutput.Tables.TableThreshold must be at least 1.";
        if (Grouping?.TableGroupingPolicy is not (null or "CombineCompatibleSchemas") and var policy)
            yield return $"Grouping.TableGroupingPolicy is {policy} and can be CombineCompatibleSchemas only.";
        if (Grouping?.TableLevelConfiguration < 1)
            yield return "Grouping.TableLevelConfiguration must be at least 1, which is the bucket.";
    }
}

internal sealed record CrawlerOutput(CrawlerOutputBehavior? Partitions, CrawlerOutputBehavior? Tables);

internal sealed record CrawlerOutputBehavior(string? AddOrUpdateBehavior, int? TableThreshold);

internal sealed record CrawlerGrouping(string? TableGroupingPolicy, int? TableLevelConfiguration);

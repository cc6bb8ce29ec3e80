namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;

internal sealed record GlueTable(
    string DatabaseName, string TableName, string? CatalogId = null, string? ConnectionName = null, IReadOnlyDictionary<string, string>? AdditionalOptions = null);

internal sealed record DataSource(GlueTable? GlueTable, UnsupportedSource? DataQualityGlueTable = null);

/// <summary>A source with a query before the rules, which is refused, whatever its members say.</summary>
internal sealed record UnsupportedSource
{
    [System.Text.Json.Serialization.JsonExtensionData]
    public Dictionary<string, System.Text.Json.JsonElement>? Members { get; init; }
}

internal sealed record DataQualityEvaluationRunAdditionalRunOptions(
    bool? CloudWatchMetricsEnabled = null, string? ResultsS3Prefix = null, string? CompositeRuleEvaluationMethod = null, string? CustomLogGroupPrefix = null);

internal sealed record StartDataQualityRulesetEvaluationRunRequest(
    DataSource DataSource, string Role, int? NumberOfWorkers, int? Timeout, string? ClientToken, DataQualityEvaluationRunAdditionalRunOptions? AdditionalRunOptions,
    IReadOnlyList<string> RulesetNames, IReadOnlyDictionary<string, DataSource>? AdditionalDataSources);

internal sealed record StartDataQualityRulesetEvaluationRunResponse(string RunId);

internal sealed record EvaluationRunRequest(string RunId);

/// <summary>A run as it is kept and as GetDataQualityRulesetEvaluationRun shows it.</summary>
internal sealed record EvaluationRun
{
    public required string RunId { get; init; }

    public required DataSource DataSource { get; init; }

    public required string Role { get; init; }

    public int? NumberOfWorkers { get; init; }

    public int? Timeout { get; init; }

    public DataQualityEvaluationRunAdditionalRunOptions? AdditionalRunOptions { get; init; }

    /// <summary>STARTING, RUNNING, STOPPING, STOPPED, SUCCEEDED or FAILED.</summary>
    public string Status { get; init; } = "STARTING";

    public string? ErrorString { get; init; }

    public DateTimeOffset StartedOn { get; init; }

    public DateTimeOffset LastModifiedOn { get; init; }

    public DateTimeOffset? CompletedOn { get; init; }

    /// <summary>In seconds.</summary>
    public int ExecutionTime { get; init; }

    public required IReadOnlyList<string> RulesetNames { get; init; }

    public IReadOnlyList<string>? ResultIds { get; init; }

    public IReadOnlyDictionary<string, DataSource>? AdditionalDataSources { get; init; }
}

internal sealed record EvaluationRunFilter(DataSource? DataSource, DateTimeOffset? StartedBefore, DateTimeOffset? StartedAfter, string? RulesetName);

internal sealed record ListEvaluationRunsRequest(EvaluationRunFilter? Filter, string? NextToken, int? MaxResults);

internal sealed record ListEvaluationRunsResponse(IReadOnlyList<EvaluationRunDescription> Runs, string? NextToken);

internal sealed record EvaluationRunDescription(string RunId, string Status, DateTimeOffset StartedOn, DataSource DataSource);

namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;

/// <summary>What came of one ruleset in one run.</summary>
internal sealed record DataQualityResult
{
    public required string ResultId { get; init; }

    public double Score { get; init; }

    public required DataSource DataSource { get; init; }

    public required string RulesetName { get; init; }

    public DateTimeOffset StartedOn { get; init; }

    public DateTimeOffset CompletedOn { get; init; }

    public required string RulesetEvaluationRunId { get; init; }

    public required IReadOnlyList<DataQualityRuleResult> RuleResults { get; init; }

    public required DataQualityAggregatedMetrics AggregatedMetrics { get; init; }
}

/// <param name="Description">The rule's DQDL.</param>
/// <param name="Result">PASS, FAIL or ERROR.</param>
internal sealed record DataQualityRuleResult(
    string Name, string Description, string? EvaluationMessage, string Result, IReadOnlyDictionary<string, double> EvaluatedMetrics, string EvaluatedRule);

internal sealed record DataQualityAggregatedMetrics(double TotalRulesProcessed, double TotalRulesPassed, double TotalRulesFailed);

internal sealed record ResultRequest(string ResultId);

internal sealed record BatchGetResultsRequest(IReadOnlyList<string> ResultIds);

internal sealed record BatchGetResultsResponse(IReadOnlyList<DataQualityResult> Results, IReadOnlyList<string>? ResultsNotFound);

internal sealed record ResultFilter(DataSource? DataSource, string? JobName, string? JobRunId, DateTimeOffset? StartedAfter, DateTimeOffset? StartedBefore);

internal sealed record ListResultsRequest(ResultFilter? Filter, string? NextToken, int? MaxResults);

internal sealed record ListResultsResponse(IReadOnlyList<ResultDescription> Results, string? NextToken);

internal sealed record ResultDescription(string ResultId, DataSource DataSource, DateTimeOffset StartedOn);

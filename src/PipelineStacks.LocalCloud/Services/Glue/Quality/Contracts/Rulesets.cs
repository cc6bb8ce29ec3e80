namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;

internal sealed record DataQualityTargetTable(string TableName, string DatabaseName, string? CatalogId = null);

/// <summary>A ruleset as it is kept and as GetDataQualityRuleset shows it.</summary>
internal sealed record DataQualityRuleset
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>In DQDL.</summary>
    public required string Ruleset { get; init; }

    public DataQualityTargetTable? TargetTable { get; init; }

    public DateTimeOffset CreatedOn { get; init; }

    public DateTimeOffset LastModifiedOn { get; init; }

    public string? DataQualitySecurityConfiguration { get; init; }
}

internal sealed record CreateDataQualityRulesetRequest(
    string Name, string? Description, string Ruleset, IReadOnlyDictionary<string, string>? Tags, DataQualityTargetTable? TargetTable,
    string? DataQualitySecurityConfiguration, string? ClientToken);

internal sealed record DataQualityRulesetName(string Name);

internal sealed record UpdateDataQualityRulesetRequest(string Name, string? Description, string? Ruleset);

internal sealed record UpdateDataQualityRulesetResponse(string Name, string? Description, string Ruleset);

internal sealed record DataQualityRulesetFilterCriteria(
    string? Name, string? Description, DateTimeOffset? CreatedBefore, DateTimeOffset? CreatedAfter, DateTimeOffset? LastModifiedBefore,
    DateTimeOffset? LastModifiedAfter, DataQualityTargetTable? TargetTable);

internal sealed record ListDataQualityRulesetsRequest(
    string? NextToken, int? MaxResults, DataQualityRulesetFilterCriteria? Filter, IReadOnlyDictionary<string, string>? Tags);

internal sealed record ListDataQualityRulesetsResponse(IReadOnlyList<DataQualityRulesetListDetails> Rulesets, string? NextToken);

internal sealed record DataQualityRulesetListDetails(
    string Name, string? Description, DateTimeOffset CreatedOn, DateTimeOffset LastModifiedOn, DataQualityTargetTable? TargetTable, int RuleCount);

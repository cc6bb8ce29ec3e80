namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

/// <summary>What users say of a crawler; the same members in requests and answers.</summary>
internal record CrawlerSettings
{
    public string? Role { get; init; }

    public string? DatabaseName { get; init; }

    public string? Description { get; init; }

    public CrawlerTargets? Targets { get; init; }

    public IReadOnlyList<string>? Classifiers { get; init; }

    public string? TablePrefix { get; init; }

    public SchemaChangePolicy? SchemaChangePolicy { get; init; }

    public RecrawlPolicy? RecrawlPolicy { get; init; }

    public LineageConfiguration? LineageConfiguration { get; init; }

    public LakeFormationConfiguration? LakeFormationConfiguration { get; init; }

    public string? Configuration { get; init; }

    public string? CrawlerSecurityConfiguration { get; init; }
}

internal sealed record CrawlerTargets
{
    public IReadOnlyList<S3Target>? S3Targets { get; init; }

    public IReadOnlyList<UnsupportedTarget>? JdbcTargets { get; init; }

    public IReadOnlyList<UnsupportedTarget>? MongoDBTargets { get; init; }

    public IReadOnlyList<UnsupportedTarget>? DynamoDBTargets { get; init; }

    public IReadOnlyList<UnsupportedTarget>? CatalogTargets { get; init; }

    public IReadOnlyList<UnsupportedTarget>? DeltaTargets { get; init; }

    public IReadOnlyList<UnsupportedTarget>? IcebergTargets { get; init; }

    public IReadOnlyList<UnsupportedTarget>? HudiTargets { get; init; }
}

internal sealed record S3Target
{
    public string? Path { get; init; }

    public IReadOnlyList<string>? Exclusions { get; init; }

    public string? ConnectionName { get; init; }

    public int? SampleSize { get; init; }

    public string? EventQueueArn { get; init; }

    public string? DlqEventQueueArn { get; init; }
}

/// <summary>A target of a kind that is refused, whatever its members say.</summary>
internal sealed record UnsupportedTarget
{
    [System.Text.Json.Serialization.JsonExtensionData]
    public Dictionary<string, System.Text.Json.JsonElement>? Members { get; init; }
}

internal sealed record SchemaChangePolicy(string? UpdateBehavior, string? DeleteBehavior);

internal sealed record RecrawlPolicy(string? RecrawlBehavior);

internal sealed record LineageConfiguration(string? CrawlerLineageSettings);

internal sealed record LakeFormationConfiguration(bool? UseLakeFormationCredentials, string? AccountId);

internal sealed record CrawlerSchedule(string ScheduleExpression, string State);

internal sealed record LastCrawlInfo(string Status, string? ErrorMessage, string LogGroup, string LogStream, string MessagePrefix, DateTimeOffset StartTime);

/// <summary>A crawler as it is kept and as GetCrawler shows it.</summary>
internal sealed record Crawler : CrawlerSettings
{
    public required string Name { get; init; }

    /// <summary>READY, RUNNING or STOPPING.</summary>
    public string State { get; init; } = "READY";

    public CrawlerSchedule? Schedule { get; init; }

    public long CrawlElapsedTime { get; init; }

    public DateTimeOffset CreationTime { get; init; }

    public DateTimeOffset LastUpdated { get; init; }

    public LastCrawlInfo? LastCrawl { get; init; }

    public long Version { get; init; } = 1;
}

internal sealed record CreateCrawlerRequest : CrawlerSettings
{
    public required string Name { get; init; }

    public string? Schedule { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

internal sealed record UpdateCrawlerRequest : CrawlerSettings
{
    public required string Name { get; init; }

    public string? Schedule { get; init; }
}

internal sealed record CrawlerRequest(string Name);

internal sealed record GetCrawlerResponse(Crawler Crawler);

internal sealed record GetCrawlersRequest(int? MaxResults, string? NextToken);

internal sealed record GetCrawlersResponse(IReadOnlyList<Crawler> Crawlers, string? NextToken);

internal sealed record ListCrawlersRequest(int? MaxResults, string? NextToken, IReadOnlyDictionary<string, string>? Tags);

internal sealed record ListCrawlersResponse(IReadOnlyList<string> CrawlerNames, string? NextToken);

internal sealed record BatchGetCrawlersRequest(IReadOnlyList<string> CrawlerNames);

internal sealed record BatchGetCrawlersResponse(IReadOnlyList<Crawler> Crawlers, IReadOnlyList<string> CrawlersNotFound);

internal sealed record CrawlerScheduleRequest(string CrawlerName);

internal sealed record UpdateCrawlerScheduleRequest(string CrawlerName, string? Schedule);

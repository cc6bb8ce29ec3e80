namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

internal sealed record CrawlsFilter(string? FieldName, string? FilterOperator, string? FieldValue);

internal sealed record ListCrawlsRequest(string CrawlerName, int? MaxResults, IReadOnlyList<CrawlsFilter>? Filters, string? NextToken);

internal sealed record ListCrawlsResponse(IReadOnlyList<CrawlerHistory> Crawls, string? NextToken);

/// <param name="State">RUNNING, COMPLETED, FAILED or STOPPED.</param>
/// <param name="Summary">What changed, as JSON in a text.</param>
internal sealed record CrawlerHistory(
    string CrawlId, string State, DateTimeOffset StartTime, DateTimeOffset? EndTime, string? Summary, string? ErrorMessage, string LogGroup, string LogStream,
    string MessagePrefix, double DPUHour);

internal sealed record GetCrawlerMetricsRequest(IReadOnlyList<string>? CrawlerNameList, int? MaxResults, string? NextToken);

internal sealed record GetCrawlerMetricsResponse(IReadOnlyList<CrawlerMetrics> CrawlerMetricsList, string? NextToken);

internal sealed record CrawlerMetrics(
    string CrawlerName, double TimeLeftSeconds, bool StillEstimating, double LastRuntimeSeconds, double MedianRuntimeSeconds, int TablesCreated, int TablesUpdated,
    int TablesDeleted);

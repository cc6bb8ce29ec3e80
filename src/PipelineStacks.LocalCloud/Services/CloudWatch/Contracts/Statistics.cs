namespace PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

internal sealed record GetMetricStatisticsRequest
{
    public required string Namespace { get; init; }
    public required string MetricName { get; init; }
    public IReadOnlyList<Dimension>? Dimensions { get; init; }
    public required DateTimeOffset StartTime { get; init; }
    public required DateTimeOffset EndTime { get; init; }
    public required int Period { get; init; }
    public IReadOnlyList<string>? Statistics { get; init; }
    public IReadOnlyList<string>? ExtendedStatistics { get; init; }
    public string? Unit { get; init; }
}

internal sealed record Datapoint(
    DateTimeOffset Timestamp, double? SampleCount, double? Average, double? Sum, double? Minimum, double? Maximum, string Unit);

internal sealed record GetMetricStatisticsResponse(string Label, IReadOnlyList<Datapoint> Datapoints);

internal sealed record MetricStat
{
    public required Metric Metric { get; init; }
    public required int Period { get; init; }
    public required string Stat { get; init; }
    public string? Unit { get; init; }
}

internal sealed record MetricDataQuery
{
    public required string Id { get; init; }
    public MetricStat? MetricStat { get; init; }
    public string? Expression { get; init; }
    public string? Label { get; init; }
    public bool? ReturnData { get; init; }
    public int? Period { get; init; }
}

internal sealed record GetMetricDataRequest
{
    public required IReadOnlyList<MetricDataQuery> MetricDataQueries { get; init; }
    public required DateTimeOffset StartTime { get; init; }
    public required DateTimeOffset EndTime { get; init; }
    public string? ScanBy { get; init; }
    public int? MaxDatapoints { get; init; }
    public string? NextToken { get; init; }
}

internal sealed record MetricDataResult(
    string Id, string Label, IReadOnlyList<DateTimeOffset> Timestamps, IReadOnlyList<double> Values, string StatusCode);

internal sealed record GetMetricDataResponse(IReadOnlyList<MetricDataResult> MetricDataResults, string? NextToken);

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

internal sealed record Dimension
{
    public required string Name { get; init; }
    public required string Value { get; init; }
}

internal sealed record DimensionFilter
{
    public required string Name { get; init; }
    public string? Value { get; init; }
}

internal sealed record StatisticSet
{
    public required double SampleCount { get; init; }
    public required double Sum { get; init; }
    public required double Minimum { get; init; }
    public required double Maximum { get; init; }
}

internal sealed record MetricDatum
{
    public required string MetricName { get; init; }
    public IReadOnlyList<Dimension>? Dimensions { get; init; }
    public DateTimeOffset? Timestamp { get; init; }
    public double? Value { get; init; }
    public StatisticSet? StatisticValues { get; init; }
    public IReadOnlyList<double>? Values { get; init; }
    public IReadOnlyList<double>? Counts { get; init; }
    public string? Unit { get; init; }
    public int? StorageResolution { get; init; }
}

internal sealed record PutMetricDataRequest
{
    public required string Namespace { get; init; }
    public required IReadOnlyList<MetricDatum> MetricData { get; init; }
}

internal sealed record ListMetricsRequest
{
    public string? Namespace { get; init; }
    public string? MetricName { get; init; }
    public IReadOnlyList<DimensionFilter>? Dimensions { get; init; }
    public string? RecentlyActive { get; init; }
    public string? NextToken { get; init; }
}

internal sealed record Metric
{
    public required string Namespace { get; init; }
    public required string MetricName { get; init; }
    public IReadOnlyList<Dimension>? Dimensions { get; init; }
}

internal sealed record ListMetricsResponse(IReadOnlyList<Metric> Metrics, string? NextToken);

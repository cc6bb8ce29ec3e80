namespace PipelineStacks.LocalCloud.Services.Logs.Contracts;

internal sealed record MetricTransformation
{
    public required string MetricName { get; init; }
    public required string MetricNamespace { get; init; }
    public required string MetricValue { get; init; }
    public double? DefaultValue { get; init; }
    public string? Unit { get; init; }
}

internal sealed record PutMetricFilterRequest
{
    public required string LogGroupName { get; init; }
    public required string FilterName { get; init; }
    public required string FilterPattern { get; init; }
    public required IReadOnlyList<MetricTransformation> MetricTransformations { get; init; }
}

internal sealed record DeleteMetricFilterRequest
{
    public required string LogGroupName { get; init; }
    public required string FilterName { get; init; }
}

internal sealed record DescribeMetricFiltersRequest
{
    public string? LogGroupName { get; init; }
    public string? FilterNamePrefix { get; init; }
    public string? MetricName { get; init; }
    public string? MetricNamespace { get; init; }
    public string? NextToken { get; init; }
    public int? Limit { get; init; }
}

internal sealed record MetricFilter(
    string FilterName, string FilterPattern, IReadOnlyList<MetricTransformation> MetricTransformations, long CreationTime, string LogGroupName);

internal sealed record DescribeMetricFiltersResponse(IReadOnlyList<MetricFilter> MetricFilters, string? NextToken);

internal sealed record PutResourcePolicyRequest
{
    public required string PolicyName { get; init; }
    public required string PolicyDocument { get; init; }
}

internal sealed record DeleteResourcePolicyRequest
{
    public required string PolicyName { get; init; }
}

internal sealed record DescribeResourcePoliciesRequest
{
    public string? NextToken { get; init; }
    public int? Limit { get; init; }
}

internal sealed record ResourcePolicy(string PolicyName, string PolicyDocument, long LastUpdatedTime);

internal sealed record PutResourcePolicyResponse(ResourcePolicy ResourcePolicy);

internal sealed record DescribeResourcePoliciesResponse(IReadOnlyList<ResourcePolicy> ResourcePolicies, string? NextToken);

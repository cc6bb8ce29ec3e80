namespace PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

/// <summary>What the definitions of both kinds of alarms have.</summary>
internal abstract record AlarmBasics
{
    public string? AlarmDescription { get; init; }
    public bool ActionsEnabled { get; init; } = true;
    public IReadOnlyList<string> OKActions { get; init; } = [];
    public IReadOnlyList<string> AlarmActions { get; init; } = [];
    public IReadOnlyList<string> InsufficientDataActions { get; init; } = [];
}

internal record AlarmSettings : AlarmBasics
{
    public string? MetricName { get; init; }
    public string? Namespace { get; init; }
    public string? Statistic { get; init; }
    public string? ExtendedStatistic { get; init; }
    public IReadOnlyList<Dimension> Dimensions { get; init; } = [];
    public int? Period { get; init; }
    public string? Unit { get; init; }
    public int? EvaluationPeriods { get; init; }
    public int? DatapointsToAlarm { get; init; }
    public double? Threshold { get; init; }
    public string? ComparisonOperator { get; init; }
    public string? TreatMissingData { get; init; }
    public string? EvaluateLowSampleCountPercentile { get; init; }
    public string? ThresholdMetricId { get; init; }
    public IReadOnlyList<MetricDataQuery>? Metrics { get; init; }
}

internal sealed record PutMetricAlarmRequest : AlarmSettings
{
    public required string AlarmName { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record PutCompositeAlarmRequest : AlarmBasics
{
    public required string AlarmName { get; init; }
    public required string AlarmRule { get; init; }
    public string? ActionsSuppressor { get; init; }
    public int? ActionsSuppressorWaitPeriod { get; init; }
    public int? ActionsSuppressorExtensionPeriod { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary>An alarm of either kind: what both have of a definition, and the state that stands beside it in answers.</summary>
internal interface IAlarm
{
    string AlarmName { get; }
    string AlarmArn { get; }
    string? AlarmDescription { get; }
    bool ActionsEnabled { get; }
    IReadOnlyList<string> OKActions { get; }
    IReadOnlyList<string> AlarmActions { get; }
    IReadOnlyList<string> InsufficientDataActions { get; }
    string StateValue { get; }
    string? StateReason { get; }
    string? StateReasonData { get; }
    DateTimeOffset AlarmConfigurationUpdatedTimestamp { get; }
    DateTimeOffset StateUpdatedTimestamp { get; }
    DateTimeOffset StateTransitionedTimestamp { get; }
}

internal sealed record MetricAlarm : AlarmSettings, IAlarm
{
    public MetricAlarm()
    {
    }

    public MetricAlarm(AlarmSettings settings)
        : base(settings)
    {
    }

    public required string AlarmName { get; init; }
    public required string AlarmArn { get; init; }
    public required string StateValue { get; init; }
    public string? StateReason { get; init; }
    public string? StateReasonData { get; init; }
    public required DateTimeOffset AlarmConfigurationUpdatedTimestamp { get; init; }
    public required DateTimeOffset StateUpdatedTimestamp { get; init; }
    public required DateTimeOffset StateTransitionedTimestamp { get; init; }
}

internal sealed record CompositeAlarm : AlarmBasics, IAlarm
{
    public CompositeAlarm()
    {
    }

    public CompositeAlarm(AlarmBasics settings)
        : base(settings)
    {
    }

    public required string AlarmName { get; init; }
    public required string AlarmRule { get; init; }
    public required string AlarmArn { get; init; }
    public required string StateValue { get; init; }
    public string? StateReason { get; init; }
    public string? StateReasonData { get; init; }
    public required DateTimeOffset AlarmConfigurationUpdatedTimestamp { get; init; }
    public required DateTimeOffset StateUpdatedTimestamp { get; init; }
    public required DateTimeOffset StateTransitionedTimestamp { get; init; }
}

internal sealed record DescribeAlarmsRequest
{
    public IReadOnlyList<string>? AlarmNames { get; init; }
    public string? AlarmNamePrefix { get; init; }
    public IReadOnlyList<string>? AlarmTypes { get; init; }
    public string? ChildrenOfAlarmName { get; init; }
    public string? ParentsOfAlarmName { get; init; }
    public string? StateValue { get; init; }
    public string? ActionPrefix { get; init; }
    public int? MaxRecords { get; init; }
    public string? NextToken { get; init; }
}

internal sealed record DescribeAlarmsResponse(IReadOnlyList<CompositeAlarm> CompositeAlarms, IReadOnlyList<MetricAlarm> MetricAlarms, string? NextToken);

internal sealed record DescribeAlarmsForMetricRequest
{
    public required string MetricName { get; init; }
    public required string Namespace { get; init; }
    public string? Statistic { get; init; }
    public string? ExtendedStatistic { get; init; }
    public IReadOnlyList<Dimension>? Dimensions { get; init; }
    public int? Period { get; init; }
    public string? Unit { get; init; }
}

internal sealed record DescribeAlarmsForMetricResponse(IReadOnlyList<MetricAlarm> MetricAlarms);

internal sealed record DescribeAlarmHistoryRequest
{
    public string? AlarmName { get; init; }
    public IReadOnlyList<string>? AlarmTypes { get; init; }
    public string? HistoryItemType { get; init; }
    public DateTimeOffset? StartDate { get; init; }
    public DateTimeOffset? EndDate { get; init; }
    public int? MaxRecords { get; init; }
    public string? NextToken { get; init; }
    public string? ScanBy { get; init; }
}

internal sealed record AlarmHistoryItem(string AlarmName, string AlarmType, DateTimeOffset Timestamp, string HistoryItemType, string HistorySummary, string HistoryData);

internal sealed record DescribeAlarmHistoryResponse(IReadOnlyList<AlarmHistoryItem> AlarmHistoryItems, string? NextToken);

internal sealed record SetAlarmStateRequest
{
    public required string AlarmName { get; init; }
    public required string StateValue { get; init; }
    public required string StateReason { get; init; }
    public string? StateReasonData { get; init; }
}

internal sealed record AlarmNamesRequest
{
    public required IReadOnlyList<string> AlarmNames { get; init; }
}

internal sealed record TagAlarmRequest
{
    public required string ResourceARN { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }
}

internal sealed record UntagAlarmRequest
{
    public required string ResourceARN { get; init; }
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record ListAlarmTagsRequest
{
    public required string ResourceARN { get; init; }
}

internal sealed record ListAlarmTagsResponse(IReadOnlyList<Tag> Tags);

using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms.Provisioners;

internal sealed record AlarmProperties
{
    [CreateOnly]
    public string? AlarmName { get; init; }

    public string? AlarmDescription { get; init; }
    public bool? ActionsEnabled { get; init; }
    public IReadOnlyList<string>? OKActions { get; init; }
    public IReadOnlyList<string>? AlarmActions { get; init; }
    public IReadOnlyList<string>? InsufficientDataActions { get; init; }
    public string? MetricName { get; init; }
    public string? Namespace { get; init; }
    public string? Statistic { get; init; }
    public string? ExtendedStatistic { get; init; }
    public IReadOnlyList<Dimension>? Dimensions { get; init; }
    public int? Period { get; init; }
    public string? Unit { get; init; }
    public required int EvaluationPeriods { get; init; }
    public int? DatapointsToAlarm { get; init; }
    public double? Threshold { get; init; }
    public required string ComparisonOperator { get; init; }
    public string? TreatMissingData { get; init; }
    public string? EvaluateLowSampleCountPercentile { get; init; }
    public string? ThresholdMetricId { get; init; }
    public IReadOnlyList<MetricDataQuery>? Metrics { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::CloudWatch::Alarm</c>.</summary>
internal sealed class AlarmProvisioner(AlarmOperations alarms) : Provisioner<AlarmProperties>("AWS::CloudWatch::Alarm")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, AlarmProperties properties) =>
        ValueTask.FromResult(Put(context, properties.AlarmName ?? context.NewName(255), properties));

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, AlarmProperties before, AlarmProperties after)
    {
        var made = Put(context, physicalId, after);
        var arn = AlarmOperations.ArnOf(context.Call, physicalId);
        alarms.Untag(context.Call, new() { ResourceARN = arn, TagKeys = [.. (before.Tags ?? []).Select(tag => tag.Key)] });
        alarms.Tag(context.Call, new() { ResourceARN = arn, Tags = after.Tags ?? [] });
        return ValueTask.FromResult(made);
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, AlarmProperties properties)
    {
        alarms.Delete(context.Call, new() { AlarmNames = [physicalId] });
        return ValueTask.CompletedTask;
    }

    private Provisioned Put(ProvisionContext context, string name, AlarmProperties properties)
    {
        alarms.Put(context.Call, new()
        {
            AlarmName = name,
            AlarmDescription = properties.AlarmDescription,
            ActionsEnabled = properties.ActionsEnabled,
            OKActions = properties.OKActions,
            AlarmActions = properties.AlarmActions,
            InsufficientDataActions = properties.InsufficientDataActions,
            MetricName = properties.MetricName,
            Namespace = properties.Namespace,
            Statistic = properties.Statistic,
            ExtendedStatistic = properties.ExtendedStatistic,
            Dimensions = properties.Dimensions,
            Period = properties.Period,
            Unit = properties.Unit,
            EvaluationPeriods = properties.EvaluationPeriods,
            DatapointsToAlarm = properties.DatapointsToAlarm,
            Threshold = properties.Threshold,
            ComparisonOperator = properties.ComparisonOperator,
            TreatMissingData = properties.TreatMissingData,
            EvaluateLowSampleCountPercentile = properties.EvaluateLowSampleCountPercentile,
            ThresholdMetricId = properties.ThresholdMetricId,
            Metrics = properties.Metrics,
            Tags = properties.Tags,
        });
        return new(name, ("Arn", AlarmOperations.ArnOf(context.Call, name)));
    }
}

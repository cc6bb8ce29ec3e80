using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Monitoring;

/// <summary>What <see cref="PipelineMonitoring"/> watches.</summary>
public sealed record PipelineMonitoringProps
{
    /// <summary>The pipeline, or <c>lake</c> for what all pipelines share.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Its parts, from its source to the curated zone.</summary>
    public required IReadOnlyList<Watched> Parts { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Who is told.</summary>
    public required AlarmTopics Topics { get; init; }
}

/// <summary>
/// The alarms of a pipeline's parts, and one of all those that are critical: a cause that several parts suffer from tells of itself in detail by mail,
/// and calls somebody once.
/// </summary>
public sealed class PipelineMonitoring : Construct
{
    private readonly PipelineMonitoringProps _props;
    private readonly Names _names;

    /// <summary>Creates the alarms and the dashboard.</summary>
    public PipelineMonitoring(Construct scope, string id, PipelineMonitoringProps props)
        : base(scope, id)
    {
        (_props, _names) = (props, new Names(props.Settings.Name));
        var alarms = props.Parts.SelectMany(part => part.Alarms.Select(kind => (Kind: kind, Alarm: Alarm(part.Subject, kind)))).ToList();
        var critical = alarms.Where(alarm => alarm.Kind.Severity == Severity.Critical).Select(alarm => alarm.Alarm).ToList();
        Composite = critical.Count == 0 ? null : Together(critical);
        Dashboard.Of(this, "Dashboard", _names.Dashboard(props.Pipeline), [.. props.Parts.SelectMany(Dashboard.Section)]);
    }

    /// <summary>The alarm of the pipeline; null where none of its alarms is critical.</summary>
    public CfnCompositeAlarm? Composite { get; }

    private CfnAlarm Alarm(string subject, AlarmKind kind)
    {
        var metric = kind.Metric;
        return new CfnAlarm(this, $"{Names.Pascal(subject)}{Names.Pascal(kind.What)}", new CfnAlarmProps
        {
            AlarmName = _names.Alarm(subject, kind.What),
            AlarmDescription = $"{kind.Why} Runbook: {Runbooks.Link(_props.Settings, kind.Family, kind.What)}",
            Namespace = metric.Namespace,
            MetricName = metric.Name,
            Dimensions = metric.Dimensions.Select(dimension => new CfnAlarm.DimensionProperty { Name = dimension.Name, Value = dimension.Value }).ToArray(),
            Statistic = metric.Statistic,
            Period = kind.Period,
            EvaluationPeriods = kind.Periods,
            DatapointsToAlarm = kind.ToAlarm ?? kind.Periods,
            Threshold = kind.Threshold,
            ComparisonOperator = kind.Comparison.ToString(),
            TreatMissingData = char.ToLowerInvariant(kind.Missing.ToString()[0]) + kind.Missing.ToString()[1..],
            AlarmActions = [_props.Topics.Warning],
            OkActions = [_props.Topics.Warning],
        });
    }

    private CfnCompositeAlarm Together(IEnumerable<CfnAlarm> critical) => new(this, "Composite", new CfnCompositeAlarmProps
    {
        AlarmName = _names.Alarm(_props.Pipeline, "pipeline"),
        AlarmDescription = $"{_props.Pipeline} loses data or brings it too late: one of its critical alarms fires. Runbook: {Runbooks.Link(_props.Settings, "pipeline", "pipeline")}",
        AlarmRule = string.Join(" OR ", critical.Select(alarm => $"ALARM(\"{alarm.Ref}\")")),
        AlarmActions = [_props.Topics.Critical],
        OkActions = [_props.Topics.Critical],
    });
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.Services.CloudWatch.Expressions;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>What a metric alarm's definition must fulfil: <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"/>.</summary>
internal static class AlarmRules
{
    private const int Day = 86_400;
    private const int Week = 7 * Day;
    private const int MaxActions = 5;

    private static readonly string[] Comparisons = ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];
    private static readonly string[] Treatments = ["breaching", "notBreaching", "ignore", "missing"];

    public static void Check(AlarmSettings alarm)
    {
        if (alarm.ThresholdMetricId is not null)
            throw ServiceException.Unsupported("An alarm on an anomaly detection band");
        if (alarm.ExtendedStatistic is { } extended)
            throw ServiceException.Unsupported($"The statistic {extended}");
        if (alarm.EvaluateLowSampleCountPercentile is not null)
            throw ServiceException.Unsupported("EvaluateLowSampleCountPercentile");
        if (!Comparisons.Contains(alarm.ComparisonOperator))
            throw Invalid($"The value '{alarm.ComparisonOperator}' at 'comparisonOperator' must be one of {string.Join(", ", Comparisons)}.");
        if (alarm.Threshold is null)
            throw new ServiceException("MissingParameter", "The parameter Threshold is required.");
        if (alarm.EvaluationPeriods is not >= 1)
            throw Invalid("The parameter EvaluationPeriods must be a number of at least 1.");
        if (alarm.DatapointsToAlarm is { } toAlarm && (toAlarm < 1 || toAlarm > alarm.EvaluationPeriods))
            throw Invalid("The parameter DatapointsToAlarm must be between 1 and EvaluationPeriods.");
        if (alarm.TreatMissingData is { } treatment && !Treatments.Contains(treatment))
            throw Invalid($"The value '{treatment}' for parameter TreatMissingData must be one of {string.Join(", ", Treatments)}.");
        if (alarm.Metrics is { Count: > 0 } metrics)
            CheckMetrics(alarm, metrics);
        else
            CheckMetric(alarm);
        CheckActions(alarm);
    }

    public static void CheckActions(AlarmBasics alarm)
    {
        foreach (var actions in new[] { alarm.AlarmActions, alarm.OKActions, alarm.InsufficientDataActions })
        {
            if (actions.Count > MaxActions)
                throw Invalid($"An alarm has at most {MaxActions} actions for a state.");
            if (actions.FirstOrDefault(action => !action.StartsWith("arn:aws:sns:", StringComparison.Ordinal)) is { } other)
                throw ServiceException.Unsupported($"The alarm action {other} (topics of SNS are): it");
        }
    }

    /// <summary>The length of a period of the alarm, in seconds.</summary>
    public static int PeriodOf(AlarmSettings alarm) => alarm.Period ?? alarm.Metrics!.Select(query => query.MetricStat?.Period ?? query.Period).OfType<int>().DefaultIfEmpty(60).Max();

    private static void CheckMetric(AlarmSettings alarm)
    {
        if (alarm.MetricName is null || alarm.Namespace is null)
            throw new ServiceException("MissingParameter", "The parameters MetricName and Namespace are required where there are no Metrics.");
        if (alarm.Statistic is null)
            throw new ServiceException("MissingParameter", "One of the parameters Statistic, ExtendedStatistic and Metrics is required.");
        MetricReader.CheckStatistic(alarm.Statistic);
        CheckPeriod(alarm.Period, alarm.EvaluationPeriods!.Value);
    }

    private static void CheckMetrics(AlarmSettings alarm, IReadOnlyList<MetricDataQuery> metrics)
    {
        if (alarm.MetricName is not null || alarm.Namespace is not null || alarm.Statistic is not null || alarm.Dimensions.Count > 0 || alarm.Period is not null)
            throw new ServiceException("InvalidParameterCombination", "Metrics can't be given together with MetricName, Namespace, Dimensions, Period or Statistic.");
        if (metrics.Count(query => query.ReturnData != false) != 1)
            throw Invalid("Exactly one element of the metrics list should return data.");
        foreach (var query in metrics)
        {
            if (query.Expression is { } expression)
                CheckReferences(query.Id, MathExpression.Parse(expression), metrics);
            else if (query.MetricStat is { } stat)
                MetricReader.CheckStatistic(stat.Stat);
            else
                throw Invalid($"The query {query.Id} needs a MetricStat or an Expression.");
        }

        CheckPeriod(PeriodOf(alarm), alarm.EvaluationPeriods!.Value);
    }

    private static void CheckReferences(string id, MathExpression expression, IReadOnlyList<MetricDataQuery> metrics)
    {
        foreach (var unknown in expression.References.Where(reference => reference is not ("REPEAT" or "LINEAR") && (reference == id || metrics.All(query => query.Id != reference))))
            throw Invalid($"Unknown identifier '{unknown}' in the expression of {id}.");
    }

    private static void CheckPeriod(int? period, int evaluationPeriods)
    {
        if (period is 10 or 20 or 30)
            throw ServiceException.Unsupported($"The period of {period} s (metrics are kept by the minute): it");
        if (period is null or <= 0 || period % 60 != 0)
            throw Invalid($"The parameter Period must be 10, 20, 30 or a multiple of 60, not {period}.");
        if ((long)period * evaluationPeriods > (period >= 3600 ? Week : Day))
            throw Invalid("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400), or a week for periods of an hour and more.");
    }

    private static ServiceException Invalid(string message) => new("ValidationError", message);
}

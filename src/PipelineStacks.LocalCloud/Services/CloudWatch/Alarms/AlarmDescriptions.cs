using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>Shows alarms and what they went through.</summary>
internal sealed class AlarmDescriptions(AlarmState alarms)
{
    private const int PageSize = 100;

    public DescribeAlarmsResponse Describe(Call call, DescribeAlarmsRequest request)
    {
        call.Authorize("cloudwatch:DescribeAlarms", "*");
        if (request.ChildrenOfAlarmName is not null || request.ParentsOfAlarmName is not null)
            throw ServiceException.Unsupported("ChildrenOfAlarmName and ParentsOfAlarmName");
        if (request.AlarmNames is { Count: > 0 } && request.AlarmNamePrefix is not null)
            throw new ServiceException("InvalidParameterCombination", "AlarmNames and AlarmNamePrefix can't be given together.");
        // As with clients of CloudWatch: composite alarms are shown to those who ask for them.
        var types = request.AlarmTypes is { Count: > 0 } asked ? asked : [nameof(MetricAlarm)];
        var found = All(call, types).Where(alarm => request.StateValue is null || alarm.StateValue == request.StateValue)
            .Where(alarm => request.AlarmNames is not { Count: > 0 } names || names.Contains(alarm.AlarmName))
            .Where(alarm => alarm.AlarmName.StartsWith(request.AlarmNamePrefix ?? "", StringComparison.Ordinal))
            .Where(alarm => request.ActionPrefix is null || Actions(alarm).Any(action => action.StartsWith(request.ActionPrefix, StringComparison.Ordinal)));
        var page = Page<IAlarm>.Of(found, request.NextToken, request.MaxRecords ?? PageSize, "InvalidNextToken");
        return new([.. page.Items.OfType<CompositeAlarm>()], [.. page.Items.OfType<MetricAlarm>()], page.Next);
    }

    public DescribeAlarmsForMetricResponse DescribeForMetric(Call call, DescribeAlarmsForMetricRequest request)
    {
        call.Authorize("cloudwatch:DescribeAlarmsForMetric", "*");
        var dimensions = MetricData.ToDimensions(request.Dimensions);
        return new([.. alarms.Metric.In(call.Account, call.Region).Where(alarm =>
            alarm.MetricName == request.MetricName && alarm.Namespace == request.Namespace && MetricData.ToDimensions(alarm.Dimensions).Equals(dimensions)
            && (request.Statistic is null || alarm.Statistic == request.Statistic) && (request.Period is null || alarm.Period == request.Period))]);
    }

    public DescribeAlarmHistoryResponse DescribeHistory(Call call, DescribeAlarmHistoryRequest request)
    {
        call.Authorize("cloudwatch:DescribeAlarmHistory", "*");
        var types = request.AlarmTypes is { Count: > 0 } asked ? asked : [nameof(MetricAlarm)];
        var items = All(call, types).Select(alarm => alarm.AlarmName).Where(name => request.AlarmName is null || name == request.AlarmName)
            .SelectMany(name => alarms.NotesOf(AlarmState.Key(call, name)).History)
            .Where(item => (request.HistoryItemType is null || item.HistoryItemType == request.HistoryItemType)
                && (request.StartDate is null || item.Timestamp >= request.StartDate) && (request.EndDate is null || item.Timestamp <= request.EndDate))
            .OrderBy(item => item.Timestamp);
        var page = Page<AlarmHistoryItem>.Of(request.ScanBy == "TimestampAscending" ? items : items.Reverse(), request.NextToken, request.MaxRecords ?? PageSize, "InvalidNextToken");
        return new(page.Items, page.Next);
    }

    private IEnumerable<IAlarm> All(Call call, IReadOnlyList<string> types)
    {
        if (types.FirstOrDefault(type => type is not (nameof(MetricAlarm) or nameof(CompositeAlarm))) is { } unknown)
            throw new ServiceException("ValidationError", $"The alarm type {unknown} must be MetricAlarm or CompositeAlarm.");
        IEnumerable<IAlarm> composite = types.Contains(nameof(CompositeAlarm)) ? alarms.Composite.In(call.Account, call.Region) : [];
        return composite.Concat(types.Contains(nameof(MetricAlarm)) ? alarms.Metric.In(call.Account, call.Region) : []);
    }

    private static IEnumerable<string> Actions(IAlarm alarm) => [.. alarm.AlarmActions, .. alarm.OKActions, .. alarm.InsufficientDataActions];
}

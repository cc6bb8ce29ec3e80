using System.Text.Json;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.Services.CloudWatch.Dashboards;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>CloudWatch's operations, whatever protocol they come in by.</summary>
internal sealed class CloudWatchOperations(
    MetricData data, MetricReader reader, AlarmOperations alarms, AlarmDescriptions descriptions, DashboardOperations dashboards)
{
    public OperationTable Table(JsonSerializerOptions wire) => new OperationTable("CloudWatch", wire)
        .Add<PutMetricDataRequest, Empty>("PutMetricData", data.Put)
        .Add<ListMetricsRequest, ListMetricsResponse>("ListMetrics", data.List)
        .Add<GetMetricStatisticsRequest, GetMetricStatisticsResponse>("GetMetricStatistics", reader.GetStatistics)
        .Add<GetMetricDataRequest, GetMetricDataResponse>("GetMetricData", reader.GetData)
        .Add<PutMetricAlarmRequest, Empty>("PutMetricAlarm", alarms.Put)
        .Add<PutCompositeAlarmRequest, Empty>("PutCompositeAlarm", alarms.PutComposite)
        .Add<AlarmNamesRequest, Empty>("DeleteAlarms", alarms.Delete)
        .Add<SetAlarmStateRequest, Empty>("SetAlarmState", alarms.SetState)
        .Add<AlarmNamesRequest, Empty>("EnableAlarmActions", alarms.Enable)
        .Add<AlarmNamesRequest, Empty>("DisableAlarmActions", alarms.Disable)
        .Add<TagAlarmRequest, Empty>("TagResource", alarms.Tag)
        .Add<UntagAlarmRequest, Empty>("UntagResource", alarms.Untag)
        .Add<ListAlarmTagsRequest, ListAlarmTagsResponse>("ListTagsForResource", alarms.ListTags)
        .Add<DescribeAlarmsRequest, DescribeAlarmsResponse>("DescribeAlarms", descriptions.Describe)
        .Add<DescribeAlarmsForMetricRequest, DescribeAlarmsForMetricResponse>("DescribeAlarmsForMetric", descriptions.DescribeForMetric)
        .Add<DescribeAlarmHistoryRequest, DescribeAlarmHistoryResponse>("DescribeAlarmHistory", descriptions.DescribeHistory)
        .Add<PutDashboardRequest, PutDashboardResponse>("PutDashboard", dashboards.Put)
        .Add<DashboardRequest, GetDashboardResponse>("GetDashboard", dashboards.Get)
        .Add<ListDashboardsRequest, ListDashboardsResponse>("ListDashboards", dashboards.List)
        .Add<DeleteDashboardsRequest, Empty>("DeleteDashboards", dashboards.Delete);
}

/// <summary>CloudWatch for older clients, by the Query protocol.</summary>
internal sealed class CloudWatchService(CloudWatchOperations operations) : IQueryService
{
    public string SigningName => "monitoring";

    public string XmlNamespace => "http://monitoring.amazonaws.com/doc/2010-08-01/";

    public OperationTable Operations { get; } = operations.Table(Wire.Query);
}

/// <summary>The same for newer clients, by JSON.</summary>
internal sealed class CloudWatchJsonService(CloudWatchOperations operations) : IJsonService
{
    public string TargetPrefix => "GraniteServiceVersion20100801";

    public OperationTable Operations { get; } = operations.Table(Wire.Pascal);
}

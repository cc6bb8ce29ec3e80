using System.Text.Json;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>CloudWatch's operations on metrics, for older clients by the Query protocol.</summary>
internal sealed class CloudWatchService(MetricData data, MetricReader reader) : IQueryService
{
    public string SigningName => "monitoring";

    public string XmlNamespace => "http://monitoring.amazonaws.com/doc/2010-08-01/";

    public OperationTable Operations { get; } = Table(data, reader, Wire.Query);

    public static OperationTable Table(MetricData data, MetricReader reader, JsonSerializerOptions wire) => new OperationTable("CloudWatch", wire)
        .Add<PutMetricDataRequest, Empty>("PutMetricData", data.Put)
        .Add<ListMetricsRequest, ListMetricsResponse>("ListMetrics", data.List)
        .Add<GetMetricStatisticsRequest, GetMetricStatisticsResponse>("GetMetricStatistics", reader.GetStatistics)
        .Add<GetMetricDataRequest, GetMetricDataResponse>("GetMetricData", reader.GetData);
}

/// <summary>The same for newer clients, by JSON.</summary>
internal sealed class CloudWatchJsonService(MetricData data, MetricReader reader) : IJsonService
{
    public string TargetPrefix => "GraniteServiceVersion20100801";

    public OperationTable Operations { get; } = CloudWatchService.Table(data, reader, Wire.Pascal);
}

using PipelineStacks.LocalCloud.Services.CloudWatch;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>What Athena tells CloudWatch of a query that is over, for workgroups that publish metrics.</summary>
internal sealed class QueryMetrics(IMetricSink sink, AthenaState state)
{
    public void Publish(QueryJob job, StoredQuery query)
    {
        var group = query.Execution.WorkGroup;
        if (!state.WorkGroups.TryGet(AthenaState.Key(job.Call, group), out var settings) || settings.Configuration.PublishCloudWatchMetricsEnabled != true)
            return;
        var times = query.Execution.Statistics;
        Put("TotalExecutionTime", times.TotalExecutionTimeInMillis, "Milliseconds");
        Put("EngineExecutionTime", times.EngineExecutionTimeInMillis, "Milliseconds");
        Put("QueryQueueTime", times.QueryQueueTimeInMillis, "Milliseconds");
        Put("ProcessedBytes", times.DataScannedInBytes, "Bytes");

        void Put(string name, long? value, string unit)
        {
            var dimensions = new Dimensions(("QueryState", query.Execution.Status.State), ("QueryType", query.Execution.StatementType), ("WorkGroup", group));
            if (value is { } number)
                sink.Put(new(job.Call.Account, job.Call.Region, "AWS/Athena", name, unit, dimensions), number, query.Execution.Status.CompletionDateTime!.Value);
        }
    }
}

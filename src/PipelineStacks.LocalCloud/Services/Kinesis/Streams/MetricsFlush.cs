using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.CloudWatch;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>
/// Sends the metrics of the streams that something happened to, a second after it did. Sums are exact; a success rate or an
/// iterator age is one value per second, the mean and the maximum.
/// </summary>
internal sealed class MetricsFlush(CloudClock clock, IMetricSink? sink = null)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public void Add(KinesisStream stream, in StreamMetrics.Counts call)
    {
        if (sink is not null && stream.Metrics.Add(call))
            clock.After(Period, $"sending the metrics of stream {stream.Name}", () => FlushAsync(stream, sink));
    }

    private Task FlushAsync(KinesisStream stream, IMetricSink to)
    {
        var counts = stream.Metrics.Take();
        var at = clock.GetUtcNow();
        var dimensions = new Dimensions(("StreamName", stream.Name));
        if (counts.PutRecordCalls + counts.PutRecordsCalls > 0)
        {
            Put("IncomingRecords", "Count", counts.IncomingRecords);
            Put("IncomingBytes", "Bytes", counts.IncomingBytes);
            Put("WriteProvisionedThroughputExceeded", "Count", counts.WriteThrottled);
        }

        if (counts.PutRecordCalls > 0)
        {
            Put("PutRecord.Success", "Count", (double)counts.PutRecordSuccesses / counts.PutRecordCalls);
            Put("PutRecord.Bytes", "Bytes", counts.PutRecordBytes);
        }

        if (counts.PutRecordsCalls > 0)
        {
            Put("PutRecords.Success", "Count", (double)counts.PutRecordsSuccesses / counts.PutRecordsCalls);
            Put("PutRecords.Bytes", "Bytes", counts.PutRecordsBytes);
            Put("PutRecords.TotalRecords", "Count", counts.Total);
            Put("PutRecords.SuccessfulRecords", "Count", counts.Successful);
            Put("PutRecords.FailedRecords", "Count", counts.Failed);
            Put("PutRecords.ThrottledRecords", "Count", counts.Throttled);
        }

        if (counts.GetCalls > 0)
        {
            Put("GetRecords.Success", "Count", (double)counts.GetSuccesses / counts.GetCalls);
            Put("GetRecords.Records", "Count", counts.GetRecords);
            Put("GetRecords.Bytes", "Bytes", counts.GetBytes);
            Put("GetRecords.IteratorAgeMilliseconds", "Milliseconds", counts.IteratorAge);
            Put("ReadProvisionedThroughputExceeded", "Count", counts.ReadThrottled);
        }

        return Task.CompletedTask;

        void Put(string name, string unit, double value) =>
            to.Put(new MetricId(stream.Key.Account, stream.Key.Region, "AWS/Kinesis", name, unit, dimensions), value, at);
    }
}

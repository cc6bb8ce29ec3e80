using PipelineStacks.LocalCloud.Services.CloudWatch;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>A delivery stream's metrics: <see href="https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html"/>.</summary>
internal sealed class FirehoseMetrics(IMetricSink sink, DeliveryStream stream, TimeProvider time)
{
    private readonly Dimensions _dimensions = new(("DeliveryStreamName", stream.Name));

    /// <summary>The pair that the service has for most things: <c>name.Records</c> and <c>name.Bytes</c>.</summary>
    public void Flow(string name, long records, long bytes)
    {
        Count($"{name}.Records", records);
        Put($"{name}.Bytes", bytes, "Bytes");
    }

    public void Count(string name, double value) => Put(name, value, "Count");

    public void Put(string name, double value, string unit) =>
        sink.Put(new(stream.Account, stream.Region, "AWS/Firehose", name, unit, _dimensions), value, time.GetUtcNow());
}

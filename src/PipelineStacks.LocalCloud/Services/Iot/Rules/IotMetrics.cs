using PipelineStacks.LocalCloud.Services.CloudWatch;

namespace PipelineStacks.LocalCloud.Services.Iot.Rules;

/// <summary>AWS/IoT's metrics: <see href="https://docs.aws.amazon.com/iot/latest/developerguide/metrics_dimensions.html"/>.</summary>
internal sealed class IotMetrics(IMetricSink metrics, TimeProvider time)
{
    public void Rule(Home home, string name, string rule, int count = 1) => Put(home, name, count, ("RuleName", rule));

    public void Action(Home home, string name, string rule, string action, int count) => Put(home, name, count, ("RuleName", rule), ("ActionType", action));

    /// <param name="protocol"><c>Mqtt</c> or <c>Http</c>.</param>
    public void Broker(Home home, string name, string protocol, int count = 1) => Put(home, name, count, ("Protocol", protocol));

    private void Put(Home home, string name, int count, params (string, string)[] dimensions)
    {
        if (count > 0)
            metrics.Put(new(home.Account, home.Region, "AWS/IoT", name, "Count", new Dimensions(dimensions)), count, time.GetUtcNow());
    }
}

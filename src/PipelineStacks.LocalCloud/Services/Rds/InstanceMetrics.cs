using System.Net.NetworkInformation;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.CloudWatch;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>
/// What the servers of the instances really take: <see href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html"/>. Another's server is
/// measured by its owner.
/// </summary>
internal sealed class InstanceMetrics(RdsState state, InstanceServers servers, IMetricSink sink, CloudClock clock) : MachineMetrics(sink, clock)
{
    protected override IEnumerable<(MetricId Metric, double Value)> Measure()
    {
        var running = servers.AreExisting ? [] : state.Instances.All.Select(one => one.Value).Where(one => one.Status == InstanceStatus.Available).ToList();
        if (running.Count == 0)
            return [];
        // Clients come by TCP; the cloud itself, by the server's socket, is none of them.
        var connections = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Where(one => one.State == TcpState.Established).CountBy(one => one.LocalEndPoint.Port).ToDictionary();
        return running.SelectMany(instance => Measure(instance, connections.GetValueOrDefault(instance.Port)));
    }

    private IEnumerable<(MetricId Metric, double Value)> Measure(InstanceState instance, int connections)
    {
        var machine = OfInstance(instance.Key, Of, instance.Settings.AllocatedStorage, [servers.FolderOf(instance)], servers.Of(instance).ProcessId is { } id ? [id] : []);
        return machine.Prepend((Of("DatabaseConnections", "Count"), connections));

        MetricId Of(string name, string unit) => new(instance.Key.Account, instance.Key.Region, "AWS/RDS", name, unit, new(("DBInstanceIdentifier", instance.Id)));
    }
}

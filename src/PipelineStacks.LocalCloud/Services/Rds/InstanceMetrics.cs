using System.Collections.Concurrent;
using System.Net.NetworkInformation;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Machine;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>
/// What the servers of the instances really take: <see href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html"/>. The processors and
/// the memory are this machine's, which stands for each instance's own. Another's server is measured by its owner.
/// </summary>
internal sealed class InstanceMetrics(RdsState state, InstanceServers servers, IMetricSink sink, CloudClock clock) : MachineMetrics(sink, clock)
{
    private readonly ConcurrentDictionary<ResourceKey, ProcessorShare> _processors = new();

    protected override IEnumerable<(MetricId Metric, double Value)> Measure()
    {
        var running = servers.AreExisting ? [] : state.Instances.All.Select(one => one.Value).Where(one => one.Status == InstanceStatus.Available).ToList();
        return running.Count == 0 ? [] : Measure(running);
    }

    private IEnumerable<(MetricId Metric, double Value)> Measure(List<InstanceState> instances)
    {
        // Clients come by TCP; the cloud itself, by the server's socket, is none of them.
        var connections = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Where(one => one.State == TcpState.Established).CountBy(one => one.LocalEndPoint.Port).ToDictionary();
        foreach (var instance in instances)
        {
            yield return (Of("DatabaseConnections", "Count"), connections.GetValueOrDefault(instance.Port));
            yield return (Of("FreeStorageSpace", "Bytes"), Storage.Free(instance.Settings.AllocatedStorage, [servers.FolderOf(instance)]));
            if (Memory.Free() is { } memory)
                yield return (Of("FreeableMemory", "Bytes"), memory);
            yield return (Of("CPUUtilization", "Percent"), _processors.GetOrAdd(instance.Key, _ => new()).Measure(servers.Of(instance).ProcessId is { } id ? [id] : []));

            MetricId Of(string name, string unit) => new(instance.Key.Account, instance.Key.Region, "AWS/RDS", name, unit, new(("DBInstanceIdentifier", instance.Id)));
        }
    }
}

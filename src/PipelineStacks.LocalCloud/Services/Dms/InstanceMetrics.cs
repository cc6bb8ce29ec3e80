using System.Collections.Concurrent;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Machine;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Dms.Replication;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>
/// What the workers of the instances' tasks really take: <see href="https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html"/>. The
/// processors and the memory are this machine's, which stands for each instance's own.
/// </summary>
internal sealed class InstanceMetrics(DmsState state, TaskRunners runners, TaskServices services, IMetricSink sink, CloudClock clock) : MachineMetrics(sink, clock)
{
    private readonly ConcurrentDictionary<ResourceKey, ProcessorShare> _processors = new();

    protected override IEnumerable<(MetricId Metric, double Value)> Measure()
    {
        foreach (var (key, instance) in state.Instances.All)
        {
            var tasks = state.Tasks.All.Where(one => one.Value.ReplicationInstanceArn == instance.ReplicationInstanceArn).Select(one => one.Value.ReplicationTaskArn).ToList();
            yield return (Of("FreeStorageSpace", "Bytes"), Storage.Free(instance.AllocatedStorage, tasks.Select(services.FolderOf)));
            if (Memory.Free() is { } memory)
                yield return (Of("FreeableMemory", "Bytes"), memory);
            yield return (Of("CPUUtilization", "Percent"), _processors.GetOrAdd(key, _ => new()).Measure(tasks.Select(arn => runners.Find(arn)?.WorkerId).OfType<int>()));

            MetricId Of(string name, string unit) => new(key.Account, key.Region, "AWS/DMS", name, unit, new(("ReplicationInstanceIdentifier", instance.ReplicationInstanceIdentifier)));
        }
    }
}

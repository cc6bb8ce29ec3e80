using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>What the workers of the instances' tasks really take: <see href="https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html"/>.</summary>
internal sealed class InstanceMetrics(DmsState state, TaskRunners runners, TaskServices services, IMetricSink sink, CloudClock clock) : MachineMetrics(sink, clock)
{
    protected override IEnumerable<(MetricId Metric, double Value)> Measure() => state.Instances.All.SelectMany(one =>
    {
        var (key, instance) = one;
        var tasks = state.Tasks.All.Where(task => task.Value.ReplicationInstanceArn == instance.ReplicationInstanceArn).Select(task => task.Value.ReplicationTaskArn).ToList();
        return OfInstance(key, Of, instance.AllocatedStorage, tasks.Select(services.FolderOf), tasks.Select(arn => runners.Find(arn)?.WorkerId).OfType<int>());

        MetricId Of(string name, string unit) => new(key.Account, key.Region, "AWS/DMS", name, unit, new(("ReplicationInstanceIdentifier", instance.ReplicationInstanceIdentifier)));
    });
}

using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Monitoring;

namespace PipelineStacks.Stacks;

/// <summary>The alarms of all that an environment deploys, who is told of them, and the dashboards.</summary>
public sealed class MonitoringStack : EnvironmentStack
{
    /// <summary>Creates the monitoring of an environment.</summary>
    public MonitoringStack(Construct scope, EnvironmentSettings settings, EnvironmentMonitoringProps props)
        : base(scope, "Monitoring", new Names(settings.Name).MonitoringStack, "Alarms, who is told of them, and dashboards", settings)
    {
        var monitoring = new EnvironmentMonitoring(this, "Alarms", props);
        Output(Names.CriticalTopicOutput, monitoring.Topics.Critical, "The topic that calls somebody");
        Output(Names.WarningTopicOutput, monitoring.Topics.Warning, "The topic that tells of every alarm");
    }
}

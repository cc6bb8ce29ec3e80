using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;
using PipelineStacks.LocalCloud.Services.CloudWatch.Alarms.Provisioners;
using PipelineStacks.LocalCloud.Services.CloudWatch.Dashboards;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

internal static class CloudWatchModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MetricFiles>().AddSingleton<MetricStore>().AddSingleton<MetricData>().AddSingleton<MetricReader>();
        services.AddSingleton<IMetricSink>(provider => provider.GetRequiredService<MetricStore>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<MetricStore>());
        services.AddSingleton<AlarmState>().AddSingleton<AlarmEvaluator>().AddSingleton<AlarmTransitions>().AddSingleton<AlarmOperations>().AddSingleton<AlarmDescriptions>();
        services.AddSingleton<IHostedService, AlarmClockwork>();
        services.AddSingleton<DashboardOperations>();
        services.AddSingleton<IResourceProvisioner, MetricAlarmProvisioner>().AddSingleton<IResourceProvisioner, CompositeAlarmProvisioner>()
            .AddSingleton<IResourceProvisioner, DashboardProvisioner>();
        services.AddSingleton<CloudWatchOperations>();
        services.AddSingleton<CloudWatchService>().AddSingleton<IQueryService>(provider => provider.GetRequiredService<CloudWatchService>());
        services.AddSingleton<CloudWatchJsonService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<CloudWatchJsonService>());
    }
}

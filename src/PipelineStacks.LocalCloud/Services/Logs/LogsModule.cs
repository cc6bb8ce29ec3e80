using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Logs.Provisioners;

namespace PipelineStacks.LocalCloud.Services.Logs;

internal static class LogsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LogsState>().AddSingleton<LogEvents>().AddSingleton<LogGroups>().AddSingleton<LogStreams>().AddSingleton<LogWriter>()
            .AddSingleton<LogReader>().AddSingleton<MetricFilters>().AddSingleton<ResourcePolicies>();
        services.AddSingleton<LogsService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<LogsService>());
        services.AddSingleton<ILogSink>(provider => provider.GetRequiredService<LogWriter>());
        services.AddSingleton<IHostedService, LogRetention>();
        services.AddSingleton<IResourceProvisioner, LogGroupProvisioner>()
            .AddSingleton<IResourceProvisioner, LogStreamProvisioner>()
            .AddSingleton<IResourceProvisioner, ResourcePolicyProvisioner>()
            .AddSingleton<IResourceProvisioner, MetricFilterProvisioner>();
    }
}

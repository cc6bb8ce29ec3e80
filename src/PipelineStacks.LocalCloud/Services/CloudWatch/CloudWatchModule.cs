using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

internal static class CloudWatchModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MetricFiles>().AddSingleton<MetricStore>().AddSingleton<MetricData>().AddSingleton<MetricReader>();
        services.AddSingleton<IMetricSink>(provider => provider.GetRequiredService<MetricStore>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<MetricStore>());
        services.AddSingleton<CloudWatchService>().AddSingleton<IQueryService>(provider => provider.GetRequiredService<CloudWatchService>());
        services.AddSingleton<CloudWatchJsonService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<CloudWatchJsonService>());
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

internal static class CloudWatchModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MetricFiles>().AddSingleton<MetricStore>();
        services.AddSingleton<IMetricSink>(provider => provider.GetRequiredService<MetricStore>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<MetricStore>());
    }
}

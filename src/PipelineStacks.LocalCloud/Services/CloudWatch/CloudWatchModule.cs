using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

internal static class CloudWatchModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

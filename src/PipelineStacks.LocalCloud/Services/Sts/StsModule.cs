using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Sts;

internal static class StsModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

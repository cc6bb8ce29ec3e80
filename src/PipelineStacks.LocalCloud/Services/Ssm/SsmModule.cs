using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Ssm;

internal static class SsmModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

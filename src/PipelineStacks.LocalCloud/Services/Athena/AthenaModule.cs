using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Athena;

internal static class AthenaModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

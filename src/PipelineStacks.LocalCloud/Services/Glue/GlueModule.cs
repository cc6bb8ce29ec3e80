using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal static class GlueModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

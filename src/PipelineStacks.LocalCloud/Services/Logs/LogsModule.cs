using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Logs;

internal static class LogsModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

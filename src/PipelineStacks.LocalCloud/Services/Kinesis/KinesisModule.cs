using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Kinesis;

internal static class KinesisModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

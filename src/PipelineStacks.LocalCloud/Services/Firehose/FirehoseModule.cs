using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Firehose;

internal static class FirehoseModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

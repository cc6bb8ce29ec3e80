using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.S3;

internal static class S3Module
{
    public static void Add(IServiceCollection services)
    {
    }
}

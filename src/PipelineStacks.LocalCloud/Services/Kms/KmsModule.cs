using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Kms;

internal static class KmsModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

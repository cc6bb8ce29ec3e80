using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.Iam;

internal static class IamModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

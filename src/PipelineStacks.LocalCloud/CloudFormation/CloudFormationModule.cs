using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.CloudFormation;

internal static class CloudFormationModule
{
    public static void Add(IServiceCollection services)
    {
    }
}

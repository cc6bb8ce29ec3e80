using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Ssm;

internal static class SsmModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ParameterStore>();
        services.AddSingleton<IJsonService, SsmService>();
        services.AddSingleton<IResourceProvisioner, ParameterProvisioner>();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kms.Provisioners;

namespace PipelineStacks.LocalCloud.Services.Kms;

internal static class KmsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<KmsState>().AddSingleton<KeyFinder>().AddSingleton<Keys>().AddSingleton<Aliases>().AddSingleton<Cryptography>();
        services.AddSingleton<KmsService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<KmsService>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<Keys>());
        services.AddSingleton<IResourceProvisioner, KeyProvisioner>().AddSingleton<IResourceProvisioner, AliasProvisioner>();
    }
}

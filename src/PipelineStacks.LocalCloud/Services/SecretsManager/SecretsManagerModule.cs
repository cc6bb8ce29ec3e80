using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.SecretsManager.Provisioners;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

internal static class SecretsManagerModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SecretFinder>().AddSingleton<SecretCipher>().AddSingleton<SecretValues>().AddSingleton<SecretDescriptions>().AddSingleton<Rotation>();
        services.AddSingleton<Secrets>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<Secrets>());
        services.AddSingleton<SecretsManagerService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<SecretsManagerService>());
        services.AddSingleton<IDynamicReferenceSource, SecretReferences>();
        services.AddSingleton<IResourceProvisioner, SecretProvisioner>()
            .AddSingleton<IResourceProvisioner, SecretPolicyProvisioner>()
            .AddSingleton<IResourceProvisioner, SecretTargetAttachmentProvisioner>();
    }
}

using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iam.Provisioners;

namespace PipelineStacks.LocalCloud.Services.Iam;

internal static class IamModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IamState>().AddSingleton<RoleTrust>().AddSingleton<Roles>().AddSingleton<InlinePolicies>().AddSingleton<ManagedPolicies>();
        services.AddSingleton<IamService>().AddSingleton<IQueryService>(provider => provider.GetRequiredService<IamService>());
        services.AddSingleton<IResourceProvisioner, RoleProvisioner>()
            .AddSingleton<IResourceProvisioner, PolicyProvisioner>()
            .AddSingleton<IResourceProvisioner, ManagedPolicyProvisioner>();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;
using PipelineStacks.LocalCloud.Services.Rds.Provisioners;
using PipelineStacks.LocalCloud.Services.SecretsManager;

namespace PipelineStacks.LocalCloud.Services.Rds;

internal static class RdsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<RdsState>().AddSingleton<MariaDbTools>().AddSingleton<InstanceServers>().AddSingleton<ServerAuthorities>();
        services.AddSingleton<ParameterGroups>().AddSingleton<SubnetGroups>().AddSingleton<InstanceDescriptions>();
        services.AddSingleton<MasterSecrets>().AddSingleton<IManagedSecretOwner>(provider => provider.GetRequiredService<MasterSecrets>())
            .AddSingleton<IHostedService>(provider => provider.GetRequiredService<MasterSecrets>());
        services.AddSingleton<BinlogRetention>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<BinlogRetention>());
        services.AddSingleton<IHostedService, InstanceMetrics>();
        services.AddSingleton<Instances>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<Instances>());
        services.AddSingleton<RdsService>().AddSingleton<IQueryService>(provider => provider.GetRequiredService<RdsService>());
        services.AddSingleton<ISecretTarget, InstanceSecretTarget>();
        services.AddSingleton<IResourceProvisioner, DBInstanceProvisioner>()
            .AddSingleton<IResourceProvisioner, DBParameterGroupProvisioner>()
            .AddSingleton<IResourceProvisioner, DBSubnetGroupProvisioner>();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Dms.Provisioning;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Services.Dms;

internal static class DmsModule
{
    public static void Add(IServiceCollection services)
    {
        DuckDbModule.Add(services);
        services.AddSingleton<DmsState>().AddSingleton<Tags>().AddSingleton<SubnetGroups>().AddSingleton<Instances>().AddSingleton<Endpoints>()
            .AddSingleton<Certificates>().AddSingleton<Connections>().AddSingleton<Tasks>().AddSingleton<TaskDescriptions>().AddSingleton<Events>()
            .AddSingleton<ReplicationConfigs>().AddSingleton<Replications>();
        services.AddSingleton<SourceAccess>().AddSingleton<ParquetFiles>().AddSingleton<TaskServices>();
        services.AddSingleton<TaskRunners>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<TaskRunners>());
        services.AddSingleton<IHostedService, InstanceMetrics>();
        services.AddSingleton<DmsService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<DmsService>());
        services.AddSingleton<IResourceProvisioner, SubnetGroupProvisioner>()
            .AddSingleton<IResourceProvisioner, InstanceProvisioner>()
            .AddSingleton<IResourceProvisioner, EndpointProvisioner>()
            .AddSingleton<IResourceProvisioner, CertificateProvisioner>()
            .AddSingleton<IResourceProvisioner, TaskProvisioner>()
            .AddSingleton<IResourceProvisioner, ReplicationConfigProvisioner>()
            .AddSingleton<IResourceProvisioner, EventSubscriptionProvisioner>();
    }
}

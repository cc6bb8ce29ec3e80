using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Actions;
using PipelineStacks.LocalCloud.Services.Iot.Broker;
using PipelineStacks.LocalCloud.Services.Iot.Devices;
using PipelineStacks.LocalCloud.Services.Iot.Provisioners;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot;

internal static class IotModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IotState>().AddSingleton<RuleIndex>().AddSingleton<TopicRules>().AddSingleton<RulesEngine>().AddSingleton<IotMetrics>().AddSingleton<IotLog>();
        services.AddSingleton<ActionServices>().AddSingleton<Republishing>();
        services.AddSingleton<Things>().AddSingleton<ThingTypes>().AddSingleton<Policies>().AddSingleton<Certificates>().AddSingleton<CertificateAuthority>()
            .AddSingleton<DeviceAccess>().AddSingleton<IotSettings>();
        services.AddSingleton<BrokerPorts>().AddSingleton<BrokerMessages>().AddSingleton<BrokerOutlet>().AddSingleton<BrokerHost>();
        services.AddSingleton<IBrokerOutlet>(provider => provider.GetRequiredService<BrokerOutlet>())
            .AddSingleton<IHostedService>(provider => provider.GetRequiredService<BrokerHost>())
            .AddSingleton<ILocalPath>(provider => provider.GetRequiredService<BrokerHost>());
        services.AddSingleton<IRestService, IotService>().AddSingleton<IRestService, IotDataService>();
        services.AddSingleton<IResourceProvisioner, TopicRuleProvisioner>()
            .AddSingleton<IResourceProvisioner, ThingProvisioner>()
            .AddSingleton<IResourceProvisioner, ThingTypeProvisioner>()
            .AddSingleton<IResourceProvisioner, PolicyProvisioner>()
            .AddSingleton<IResourceProvisioner, PolicyPrincipalAttachmentProvisioner>()
            .AddSingleton<IResourceProvisioner, ThingPrincipalAttachmentProvisioner>()
            .AddSingleton<IResourceProvisioner, CertificateProvisioner>()
            .AddSingleton<IResourceProvisioner, LoggingProvisioner>();
    }
}

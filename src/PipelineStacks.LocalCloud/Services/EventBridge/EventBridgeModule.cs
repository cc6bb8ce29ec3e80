using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.EventBridge.Provisioners;
using PipelineStacks.LocalCloud.Services.EventBridge.Rules;
using PipelineStacks.LocalCloud.Services.EventBridge.Targets;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

internal static class EventBridgeModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EventJournal>().AddSingleton<EventBus>().AddSingleton<EventBuses>();
        services.AddSingleton<IEventBus>(provider => provider.GetRequiredService<EventBus>());
        services.AddSingleton<RuleStore>().AddSingleton<RuleOperations>().AddSingleton<RuleTags>().AddSingleton<IEventSubscriber, RuleMatching>();
        services.AddSingleton<RuleSchedules>().AddHostedService(provider => provider.GetRequiredService<RuleSchedules>());
        services.AddSingleton<TargetOperations>().AddSingleton<TargetRules>().AddSingleton<TargetDelivery>();
        services.AddSingleton<TargetKind, TopicTarget>().AddSingleton<TargetKind, FunctionTarget>().AddSingleton<TargetKind, LogGroupTarget>()
            .AddSingleton<TargetKind, StreamTarget>().AddSingleton<TargetKind, DeliveryStreamTarget>().AddSingleton<TargetKind, WorkflowTarget>();
        services.AddSingleton<IResourceProvisioner, RuleProvisioner>();
        services.AddSingleton<EventBridgeService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<EventBridgeService>());
    }
}

using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

internal static class EventBridgeModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EventJournal>().AddSingleton<EventBus>().AddSingleton<EventBuses>();
        services.AddSingleton<IEventBus>(provider => provider.GetRequiredService<EventBus>());
        services.AddSingleton<EventBridgeService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<EventBridgeService>());
    }
}

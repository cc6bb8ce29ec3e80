using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

internal static class EventBridgeModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EventJournal>().AddSingleton<EventBus>();
        services.AddSingleton<IEventBus>(provider => provider.GetRequiredService<EventBus>());
    }
}

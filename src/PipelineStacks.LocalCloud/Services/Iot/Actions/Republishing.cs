using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Actions;

/// <summary>Publishes from inside the cloud: to the broker's subscribers, and to the rules, which made some of the messages themselves.</summary>
internal sealed class Republishing(IServiceProvider services, IBrokerOutlet broker)
{
    public async Task PublishAsync(IReadOnlyList<InboundMessage> messages, int qos, bool retain = false)
    {
        if (messages.Count == 0)
            return;
        broker.Publish(messages, qos, retain);
        // Asked for late: the engine runs the actions that publish.
        await services.GetRequiredService<RulesEngine>().RunAsync(messages);
    }
}

/// <summary>The broker, for messages from the cloud to devices.</summary>
internal interface IBrokerOutlet
{
    void Publish(IReadOnlyList<InboundMessage> messages, int qos, bool retain);
}

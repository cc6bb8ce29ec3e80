using PipelineStacks.LocalCloud.Services.Iot.Actions;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Broker;

/// <summary>Where messages from the cloud go to the broker that runs now, if one does: those who aren't connected miss them, as on AWS.</summary>
internal sealed class BrokerOutlet : IBrokerOutlet
{
    public BrokerProcess? Process { get; set; }

    public void Publish(IReadOnlyList<InboundMessage> messages, int qos, bool retain) => Process?.Send(new
    {
        publish = messages.Where(message => !TopicNames.IsBasicIngest(message.Topic))
            .Select(message => new { t = message.Topic, p = message.Payload.ToArray(), q = qos, r = retain }),
    });
}

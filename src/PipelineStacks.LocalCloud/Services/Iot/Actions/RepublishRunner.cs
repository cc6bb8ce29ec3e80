using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Actions;

/// <summary><see href="https://docs.aws.amazon.com/iot/latest/developerguide/republish-rule-action.html"/></summary>
internal sealed class RepublishRunner : RuleActionRunner
{
    private readonly RepublishRuleAction _action;
    private readonly SubstitutionTemplate _topic;

    public RepublishRunner(RepublishRuleAction action, Query query) : base("Republish")
    {
        if (action.Qos is < 0 or > 1)
            throw IotErrors.Invalid($"1 validation error detected: Value '{action.Qos}' at 'republish.qos' failed to satisfy constraint: Member must have value less than or equal to 1");
        (_action, _topic) = (action, SubstitutionTemplate.Parse(action.Topic, query));
    }

    public override async ValueTask RunAsync(ActionServices services, Home home, IReadOnlyList<ActionItem> items)
    {
        var call = services.Callers.ForRole(_action.RoleArn, home.Region, "iot-rule");
        var published = new List<InboundMessage>(items.Count);
        foreach (var item in items)
        {
            // A topic that begins with a dollar sign is written with two of them.
            var topic = _topic.Evaluate(item.Evaluation) is ['$', '$', ..] escaped ? escaped[1..] : _topic.Evaluate(item.Evaluation);
            try
            {
                call.Authorize("iot:Publish", call.Arn("iot", $"topic/{topic}"));
                if (TopicNames.Problem(topic) is { } problem)
                    throw IotErrors.Invalid(problem);
                published.Add(new InboundMessage(topic, item.Payload) { Home = home, Hops = item.Message.Hops + 1 });
            }
            catch (ServiceException error)
            {
                Fail(item, topic, "Failed to republish to topic", "AWSIotData", error.Code, error.Message, $"Action: republish, Topic: {topic}");
            }
        }

        await services.Republishing.PublishAsync(published, _action.Qos);
    }
}

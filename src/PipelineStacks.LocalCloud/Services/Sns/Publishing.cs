using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Lambda;
using PipelineStacks.LocalCloud.Services.Sns.Contracts;

namespace PipelineStacks.LocalCloud.Services.Sns;

/// <summary>Takes messages, keeps them in the topic's inbox and hands them to the functions that subscribe.</summary>
internal sealed class Publishing(SnsState state, Topics topics, Inbox inbox, IFunctionInvoker functions, Callers callers, IMetricSink metrics, CloudClock clock)
    : ITopicPublisher
{
    private const int MaxBytes = 262_144;

    public PublishResponse Publish(Call call, PublishRequest request) =>
        new(Publish(call, request.TopicArn ?? request.TargetArn ?? throw Topics.Invalid("TopicArn or TargetArn Reason: no value for required parameter"),
            request.Subject, request.Message, request.MessageAttributes));

    public string Publish(Call call, string topicArn, string? subject, string message) => Publish(call, topicArn, subject, message, null);

    private string Publish(Call call, string topicArn, string? subject, string message, IReadOnlyDictionary<string, MessageAttribute>? attributes)
    {
        var topic = topics.Find(call, "sns:Publish", topicArn);
        if (message.Length == 0)
            throw Topics.Invalid("Empty message");
        if (Encoding.UTF8.GetByteCount(message) > MaxBytes)
            throw Topics.Invalid("Message too long");
        if (subject is not null && (subject.Length is 0 or > 100 || subject.Any(char.IsControl)))
            throw Topics.Invalid("Subject");
        var kept = new InboxMessage(Guid.NewGuid().ToString(), clock.GetUtcNow(), topic.Arn, subject, message, attributes, call.Principal.Arn);
        inbox.Add(SnsState.Key(call, topic.Name), kept);
        Put(call, topic, "NumberOfMessagesPublished");
        foreach (var subscription in state.SubscriptionsOf(call, topic.Arn).Where(one => one.Protocol == "lambda"))
            Deliver(call, topic, subscription, kept);
        return kept.MessageId;
    }

    private void Deliver(Call call, TopicState topic, SubscriptionState subscription, InboxMessage message)
    {
        try
        {
            functions.Send(callers.ForService(call.Account, call.Region, "sns.amazonaws.com"), subscription.Endpoint, Event(subscription, message));
            Put(call, topic, "NumberOfNotificationsDelivered");
        }
        catch (ServiceException)
        {
            // The publisher does not learn of subscribers that are gone: SNS counts them.
            Put(call, topic, "NumberOfNotificationsFailed");
        }
    }

    private static byte[] Event(SubscriptionState subscription, InboxMessage message)
    {
        var attributes = new JsonObject();
        foreach (var (name, attribute) in message.MessageAttributes ?? new Dictionary<string, MessageAttribute>())
            attributes[name] = new JsonObject { ["Type"] = attribute.DataType, ["Value"] = attribute.StringValue ?? attribute.BinaryValue };
        var record = new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["EventVersion"] = "1.0",
            ["EventSubscriptionArn"] = subscription.Arn,
            ["Sns"] = new JsonObject
            {
                ["Type"] = "Notification",
                ["MessageId"] = message.MessageId,
                ["TopicArn"] = message.TopicArn,
                ["Subject"] = message.Subject,
                ["Message"] = message.Message,
                ["Timestamp"] = message.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
                ["MessageAttributes"] = attributes,
            },
        };
        return Encoding.UTF8.GetBytes(new JsonObject { ["Records"] = new JsonArray(record) }.ToJsonString());
    }

    private void Put(Call call, TopicState topic, string name) =>
        metrics.Put(new(call.Account, call.Region, "AWS/SNS", name, "Count", new(("TopicName", topic.Name))), 1, clock.GetUtcNow());
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Sns.Contracts;

namespace PipelineStacks.LocalCloud.Services.Sns;

/// <summary>Who wants a topic's messages. Functions get them; mails and text messages are kept as wanted, and not sent.</summary>
internal sealed class Subscriptions(SnsState state, Topics topics)
{
    private const string PendingArn = "PendingConfirmation";

    public SubscribeResponse Subscribe(Call call, SubscribeRequest request)
    {
        var topic = topics.Find(call, "sns:Subscribe", request.TopicArn);
        if (request.Protocol is not ("email" or "email-json" or "sms" or "lambda"))
            throw ServiceException.Unsupported($"The subscription protocol {request.Protocol}");
        if (string.IsNullOrEmpty(request.Endpoint) || (request.Protocol == "lambda" && !request.Endpoint.StartsWith("arn:aws:lambda:", StringComparison.Ordinal)))
            throw Topics.Invalid("Endpoint");
        // The same subscription again is the one that is there.
        var subscription = state.SubscriptionsOf(call, topic.Arn).FirstOrDefault(one => one.Protocol == request.Protocol && one.Endpoint == request.Endpoint);
        if (subscription is null)
        {
            subscription = new($"{topic.Arn}:{Guid.NewGuid()}", topic.Arn, call.Account, request.Protocol, request.Endpoint,
                request.Protocol.StartsWith("email", StringComparison.Ordinal));
            state.Subscriptions.Put(SnsState.Key(call, subscription.Arn), subscription);
        }

        return new(subscription.Pending && !request.ReturnSubscriptionArn ? "pending confirmation" : subscription.Arn);
    }

    public Empty Unsubscribe(Call call, SubscriptionRequest request)
    {
        call.Authorize("sns:Unsubscribe", request.SubscriptionArn);
        state.Subscriptions.Remove(SnsState.Key(call, request.SubscriptionArn));
        return Empty.Value;
    }

    public ListSubscriptionsResponse List(Call call, ListRequest request)
    {
        call.Authorize("sns:ListSubscriptions", "*");
        return Answer(state.Subscriptions.In(call.Account, call.Region), request.NextToken);
    }

    public ListSubscriptionsResponse ListByTopic(Call call, ListByTopicRequest request) =>
        Answer(state.SubscriptionsOf(call, topics.Find(call, "sns:ListSubscriptionsByTopic", request.TopicArn).Arn), request.NextToken);

    public IReadOnlyList<SubscriptionState> OfTopic(Call call, string topicArn) =>
        [.. state.SubscriptionsOf(call, topics.Find(call, "sns:ListSubscriptionsByTopic", topicArn).Arn)];

    public GetSubscriptionAttributesResponse GetAttributes(Call call, SubscriptionRequest request)
    {
        call.Authorize("sns:GetSubscriptionAttributes", request.SubscriptionArn);
        if (!state.Subscriptions.TryGet(SnsState.Key(call, request.SubscriptionArn), out var subscription))
            throw new ServiceException("NotFound", "Subscription does not exist", 404);
        return new(
        [
            new("SubscriptionArn", subscription.Arn), new("TopicArn", subscription.TopicArn), new("Owner", subscription.Owner),
            new("Protocol", subscription.Protocol), new("Endpoint", subscription.Endpoint),
            new("PendingConfirmation", subscription.Pending ? "true" : "false"), new("RawMessageDelivery", "false"),
        ]);
    }

    private static ListSubscriptionsResponse Answer(IEnumerable<SubscriptionState> subscriptions, string? token)
    {
        var page = Page<SubscriptionState>.Of(subscriptions, token, 100, "InvalidParameter");
        return new([.. page.Items.Select(one => new Subscription(one.Pending ? PendingArn : one.Arn, one.Owner, one.Protocol, one.Endpoint, one.TopicArn))], page.Next);
    }
}

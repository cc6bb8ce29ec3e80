using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Sns;

/// <summary>A topic as it is kept.</summary>
/// <param name="Attributes">Those that were set, by the API's names.</param>
internal sealed record TopicState(string Name, string Arn, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<Tag> Tags);

/// <summary>A subscription as it is kept. One by e-mail waits for its confirmation, since none is sent from here.</summary>
internal sealed record SubscriptionState(string Arn, string TopicArn, string Owner, string Protocol, string Endpoint, bool Pending);

/// <summary>SNS's topics by name and subscriptions by ARN.</summary>
internal sealed class SnsState(StateStore store)
{
    public StateCollection<TopicState> Topics { get; } = store.Open<TopicState>("sns", "topics");

    public StateCollection<SubscriptionState> Subscriptions { get; } = store.Open<SubscriptionState>("sns", "subscriptions");

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    public IEnumerable<SubscriptionState> SubscriptionsOf(Call call, string topicArn) =>
        Subscriptions.In(call.Account, call.Region).Where(subscription => subscription.TopicArn == topicArn);
}

using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Sns.Contracts;

namespace PipelineStacks.LocalCloud.Services.Sns;

/// <summary>SNS: <see href="https://docs.aws.amazon.com/sns/latest/api/API_Operations.html"/>.</summary>
internal sealed class SnsService(Topics topics, Subscriptions subscriptions, Publishing publishing) : IQueryService
{
    public string SigningName => "sns";

    public string XmlNamespace => "http://sns.amazonaws.com/doc/2010-03-31/";

    public OperationTable Operations { get; } = new OperationTable("SNS", Wire.Query)
        .Add<CreateTopicRequest, CreateTopicResponse>("CreateTopic", topics.Create)
        .Add<TopicRequest, Empty>("DeleteTopic", topics.Delete)
        .Add<TopicRequest, GetTopicAttributesResponse>("GetTopicAttributes", topics.GetAttributes)
        .Add<SetTopicAttributesRequest, Empty>("SetTopicAttributes", topics.SetAttribute)
        .Add<ListRequest, ListTopicsResponse>("ListTopics", topics.List)
        .Add<TagResourceRequest, Empty>("TagResource", topics.Tag)
        .Add<UntagResourceRequest, Empty>("UntagResource", topics.Untag)
        .Add<ListTagsRequest, ListTagsResponse>("ListTagsForResource", topics.ListTags)
        .Add<SubscribeRequest, SubscribeResponse>("Subscribe", subscriptions.Subscribe)
        .Add<SubscriptionRequest, Empty>("Unsubscribe", subscriptions.Unsubscribe)
        .Add<ListRequest, ListSubscriptionsResponse>("ListSubscriptions", subscriptions.List)
        .Add<ListByTopicRequest, ListSubscriptionsResponse>("ListSubscriptionsByTopic", subscriptions.ListByTopic)
        .Add<SubscriptionRequest, GetSubscriptionAttributesResponse>("GetSubscriptionAttributes", subscriptions.GetAttributes)
        .Add<PublishRequest, PublishResponse>("Publish", publishing.Publish);

    // SNS's one map in answers.
    public string ItemName(string list) => list == "Attributes" ? "entry" : "member";
}

namespace PipelineStacks.LocalCloud.Services.Sns.Contracts;

internal sealed record SubscribeRequest
{
    public required string TopicArn { get; init; }
    public required string Protocol { get; init; }
    public string? Endpoint { get; init; }
    public bool ReturnSubscriptionArn { get; init; }
}

internal sealed record SubscribeResponse(string SubscriptionArn);

internal sealed record SubscriptionRequest
{
    public required string SubscriptionArn { get; init; }
}

internal sealed record ListByTopicRequest
{
    public required string TopicArn { get; init; }
    public string? NextToken { get; init; }
}

internal sealed record Subscription(string SubscriptionArn, string Owner, string Protocol, string Endpoint, string TopicArn);

internal sealed record ListSubscriptionsResponse(IReadOnlyList<Subscription> Subscriptions, string? NextToken);

internal sealed record GetSubscriptionAttributesResponse(IReadOnlyList<AttributeEntry> Attributes);

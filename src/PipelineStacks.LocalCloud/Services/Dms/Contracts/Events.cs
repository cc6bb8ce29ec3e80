namespace PipelineStacks.LocalCloud.Services.Dms.Contracts;

internal record EventSubscriptionSettings
{
    public required string SubscriptionName { get; init; }

    public string? SnsTopicArn { get; init; }

    public string? SourceType { get; init; }

    public IReadOnlyList<string>? EventCategories { get; init; }

    public bool? Enabled { get; init; }
}

internal sealed record CreateEventSubscriptionRequest : EventSubscriptionSettings
{
    public IReadOnlyList<string>? SourceIds { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ModifyEventSubscriptionRequest : EventSubscriptionSettings;

internal sealed record DeleteEventSubscriptionRequest(string SubscriptionName);

internal sealed record DescribeEventSubscriptionsRequest : DescribeRequest
{
    public string? SubscriptionName { get; init; }
}

internal sealed record EventSubscription
{
    public required string CustomerAwsId { get; init; }

    public required string CustSubscriptionId { get; init; }

    public required string SnsTopicArn { get; init; }

    public string Status { get; init; } = "active";

    public required string SubscriptionCreationTime { get; init; }

    public string? SourceType { get; init; }

    public IReadOnlyList<string> SourceIdsList { get; init; } = [];

    public IReadOnlyList<string> EventCategoriesList { get; init; } = [];

    public bool Enabled { get; init; }
}

internal sealed record EventSubscriptionResponse(EventSubscription EventSubscription);

internal sealed record DescribeEventSubscriptionsResponse(IReadOnlyList<EventSubscription> EventSubscriptionsList, string? Marker);

internal sealed record DescribeEventsRequest : DescribeRequest
{
    public string? SourceIdentifier { get; init; }

    public string? SourceType { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public int? Duration { get; init; }

    public IReadOnlyList<string>? EventCategories { get; init; }
}

internal sealed record DmsEvent(string SourceIdentifier, string SourceType, string Message, IReadOnlyList<string> EventCategories, DateTimeOffset Date);

internal sealed record DescribeEventsResponse(IReadOnlyList<DmsEvent> Events, string? Marker);

internal sealed record AddTagsToResourceRequest(string ResourceArn, IReadOnlyList<Tag> Tags);

internal sealed record RemoveTagsFromResourceRequest(string ResourceArn, IReadOnlyList<string> TagKeys);

internal sealed record ListTagsForResourceRequest(string? ResourceArn = null, IReadOnlyList<string>? ResourceArnList = null);

internal sealed record ResourceTag(string Key, string Value, string ResourceArn);

internal sealed record ListTagsForResourceResponse(IReadOnlyList<ResourceTag> TagList);

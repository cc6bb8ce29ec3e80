namespace PipelineStacks.LocalCloud.Services.Sns.Contracts;

internal sealed record CreateTopicRequest
{
    public required string Name { get; init; }
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record CreateTopicResponse(string TopicArn);

internal sealed record TopicRequest
{
    public required string TopicArn { get; init; }
}

/// <summary>An entry of a map, which the Query protocol writes as a list of these.</summary>
internal sealed record AttributeEntry(string key, string value);

internal sealed record GetTopicAttributesResponse(IReadOnlyList<AttributeEntry> Attributes);

internal sealed record SetTopicAttributesRequest
{
    public required string TopicArn { get; init; }
    public required string AttributeName { get; init; }
    public string? AttributeValue { get; init; }
}

internal sealed record ListRequest
{
    public string? NextToken { get; init; }
}

internal sealed record ListTopicsResponse(IReadOnlyList<Topic> Topics, string? NextToken);

internal sealed record Topic(string TopicArn);

internal sealed record TagResourceRequest
{
    public required string ResourceArn { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }
}

internal sealed record UntagResourceRequest
{
    public required string ResourceArn { get; init; }
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record ListTagsRequest
{
    public required string ResourceArn { get; init; }
}

internal sealed record ListTagsResponse(IReadOnlyList<Tag> Tags);

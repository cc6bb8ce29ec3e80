namespace PipelineStacks.LocalCloud.Services.Firehose.Contracts;

internal sealed record TagDeliveryStreamRequest(string DeliveryStreamName, IReadOnlyList<Tag> Tags);

internal sealed record UntagDeliveryStreamRequest(string DeliveryStreamName, IReadOnlyList<string> TagKeys);

internal sealed record ListTagsForDeliveryStreamRequest(string DeliveryStreamName, string? ExclusiveStartTagKey = null, int? Limit = null);

internal sealed record ListTagsForDeliveryStreamResponse(IReadOnlyList<Tag> Tags, bool HasMoreTags);

namespace PipelineStacks.LocalCloud.Services.Kinesis.Contracts;

internal sealed record AddTagsToStreamRequest(string? StreamName, string? StreamARN, IReadOnlyDictionary<string, string>? Tags);

internal sealed record RemoveTagsFromStreamRequest(string? StreamName, string? StreamARN, IReadOnlyList<string>? TagKeys);

internal sealed record ListTagsForStreamRequest(string? StreamName, string? StreamARN, string? ExclusiveStartTagKey, int? Limit);

internal sealed record ListTagsForStreamResponse(IReadOnlyList<Tag> Tags, bool HasMoreTags);

internal sealed record TagResourceRequest(string? ResourceARN, IReadOnlyDictionary<string, string>? Tags);

internal sealed record UntagResourceRequest(string? ResourceARN, IReadOnlyList<string>? TagKeys);

internal sealed record ListTagsForResourceResponse(IReadOnlyList<Tag> Tags);

internal sealed record ResourceRequest(string? ResourceARN);

internal sealed record PutResourcePolicyRequest(string? ResourceARN, string? Policy);

internal sealed record GetResourcePolicyResponse(string Policy);

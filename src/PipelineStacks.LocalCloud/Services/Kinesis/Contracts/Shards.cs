namespace PipelineStacks.LocalCloud.Services.Kinesis.Contracts;

internal sealed record ShardDescription(
    string ShardId, string? ParentShardId, string? AdjacentParentShardId, HashKeyRangeDescription HashKeyRange, SequenceNumberRange SequenceNumberRange);

internal sealed record HashKeyRangeDescription(string StartingHashKey, string EndingHashKey);

internal sealed record SequenceNumberRange(string StartingSequenceNumber, string? EndingSequenceNumber);

internal sealed record ListShardsRequest(
    string? StreamName, string? StreamARN, string? NextToken, string? ExclusiveStartShardId, int? MaxResults,
    DateTimeOffset? StreamCreationTimestamp, ShardFilter? ShardFilter);

internal sealed record ShardFilter(string? Type, string? ShardId, DateTimeOffset? Timestamp);

internal sealed record ListShardsResponse(IReadOnlyList<ShardDescription> Shards, string? NextToken);

internal sealed record SplitShardRequest(string? StreamName, string? StreamARN, string? ShardToSplit, string? NewStartingHashKey);

internal sealed record MergeShardsRequest(string? StreamName, string? StreamARN, string? ShardToMerge, string? AdjacentShardToMerge);

internal sealed record UpdateShardCountRequest(string? StreamName, string? StreamARN, int? TargetShardCount, string? ScalingType);

internal sealed record UpdateShardCountResponse(string StreamName, string StreamARN, int CurrentShardCount, int TargetShardCount);

namespace PipelineStacks.LocalCloud.Services.Kinesis.Contracts;

internal sealed record GetShardIteratorRequest(
    string? StreamName, string? StreamARN, string? ShardId, string? ShardIteratorType, string? StartingSequenceNumber, DateTimeOffset? Timestamp);

internal sealed record GetShardIteratorResponse(string ShardIterator);

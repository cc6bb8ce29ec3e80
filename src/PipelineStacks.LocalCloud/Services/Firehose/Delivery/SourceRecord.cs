namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>A record on its way into a buffer.</summary>
/// <param name="SequenceNumber">The stream's; empty for records that were put directly.</param>
internal readonly record struct SourceRecord(DateTimeOffset Arrival, string SequenceNumber, ReadOnlyMemory<byte> Data);

/// <summary>Records that enter a buffer together or not at all.</summary>
/// <param name="ShardId">Where they were read; null for records that were put directly.</param>
/// <param name="Next">The position in the shard after them.</param>
internal sealed record SourceBatch(IReadOnlyList<SourceRecord> Records, string? ShardId = null, long Next = 0);

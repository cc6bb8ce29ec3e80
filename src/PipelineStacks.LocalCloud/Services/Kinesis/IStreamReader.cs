using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Kinesis;

/// <summary>A stream for the consumers inside the cloud, such as Firehose: what GetRecords gives, without its JSON.</summary>
internal interface IStreamReader
{
    /// <summary>The stream's shards, closed ones within the retention included, parents before their children.</summary>
    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>.</exception>
    IReadOnlyList<ShardInfo> ListShards(Call call, string streamArn);

    /// <summary>Where a consumer that starts at LATEST stands: after the newest record there is now, or at the shard's beginning.</summary>
    long Latest(Call call, string streamArn, string shardId);

    /// <summary>The records at and after a position. Counts as one GetRecords against the shard's five a second.</summary>
    /// <param name="position">The index in the shard: 0 is its first record ever; the next position is <see cref="ShardBatch.Next"/>.</param>
    ShardBatch Read(Call call, string streamArn, string shardId, long position, int maxRecords = 10_000, int maxBytes = 10 * 1024 * 1024);
}

/// <param name="ParentShardId">The shard that this one came from by a split or merge.</param>
/// <param name="Closed">No record will be added; a consumer that has read to the end goes on with the children.</param>
internal sealed record ShardInfo(string ShardId, string? ParentShardId, string? AdjacentParentShardId, bool Closed);

/// <param name="Next">The position to read on from.</param>
/// <param name="AtEnd">The shard is closed and everything in it has been read.</param>
/// <param name="MillisBehindLatest">How old the next unread record is; 0 at the tip.</param>
internal sealed record ShardBatch(IReadOnlyList<StreamRecord> Records, long Next, bool AtEnd, long MillisBehindLatest);

internal sealed record StreamRecord(string SequenceNumber, DateTimeOffset ApproximateArrival, string PartitionKey, ReadOnlyMemory<byte> Data);

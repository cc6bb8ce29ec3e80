namespace PipelineStacks.Aws.Kinesis;

/// <summary>One record for <c>PutRecords</c>.</summary>
/// <param name="Data">At most 1 MiB with the key.</param>
/// <param name="PartitionKey">Its MD5 chooses the shard.</param>
public readonly record struct PutRecordsEntry(ReadOnlyMemory<byte> Data, string PartitionKey);

/// <summary>What a stream looks like, without its shards.</summary>
public sealed record StreamDescriptionSummary
{
    /// <summary>The stream's name.</summary>
    public required string StreamName { get; init; }

    /// <summary>CREATING, ACTIVE, UPDATING or DELETING.</summary>
    public required string StreamStatus { get; init; }

    /// <summary>How many shards take records.</summary>
    public int OpenShardCount { get; init; }

    /// <summary>How long records stay.</summary>
    public int RetentionPeriodHours { get; init; }
}

internal sealed record StreamRequest(string StreamName);

internal sealed record DescribeStreamSummaryOutput(StreamDescriptionSummary StreamDescriptionSummary);

using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <summary>One record on its way into a stream: pieces of the request as they stand there, then what became of it.</summary>
internal struct PutEntry
{
    /// <summary>The data, still in base64.</summary>
    public ReadOnlyMemory<byte> Base64;

    /// <summary>The partition key's UTF-8.</summary>
    public ReadOnlyMemory<byte> Key;

    public bool HasKey;

    public string? ExplicitHashKey;

    /// <summary>The decoded length; -1 where the request has no data.</summary>
    public int DataLength;

    public UInt128 Hash;

    public Shard? Shard;

    /// <summary>The record's index in its shard, once it is stored.</summary>
    public long Index;

    public PutOutcome Outcome;

    public readonly int Size => DataLength + Key.Length;
}

internal enum PutOutcome
{
    Pending,
    Stored,
    Throttled,
    Failed,
}

using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli.Generation;

/// <summary>Records on their way, in one piece of memory that is used again.</summary>
internal sealed class Batch(int maxRecords, int maxBytes)
{
    // What a partition key takes of the call's limit.
    private const int KeyBytes = 16;

    private readonly List<(int Start, int Length, ulong Key)> _records = new(maxRecords);

    public RecordBuffer Buffer { get; } = new(256 * 1024);

    public int Count => _records.Count;

    public bool IsFull => _records.Count == maxRecords;

    private int Bytes => Buffer.Length + (_records.Count * KeyBytes);

    /// <summary>Takes what was written since the last record as the next one.</summary>
    /// <returns>False if that exceeds what one call takes; the record is then still in the buffer's end.</returns>
    public bool TryAdd(int start, ulong key)
    {
        if (Bytes + KeyBytes > maxBytes && _records.Count > 0)
            return false;
        _records.Add((start, Buffer.Length - start, key));
        return true;
    }

    /// <summary>The records as the services take them. Valid until the batch is cleared.</summary>
    public PutRecordsEntry[] ToEntries()
    {
        var entries = new PutRecordsEntry[_records.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var (start, length, key) = _records[i];
            entries[i] = new(Buffer.Slice(start, length), key.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
        }

        return entries;
    }

    public void Clear()
    {
        _records.Clear();
        Buffer.Length = 0;
    }
}

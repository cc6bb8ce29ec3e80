using System.Buffers.Binary;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>
/// How records lie in a spool file. A frame is one batch: its length, the position after it, how many records and raw bytes it
/// has, the oldest arrival, the shard, the records. A frame that a killed process left half written is shorter than it says.
/// </summary>
internal static class SpoolFrame
{
    /// <summary>length 4, next 8, count 4, raw bytes 4, oldest 8, shard's length 1.</summary>
    public const int HeaderSize = 29;

    private const int RecordOverhead = 8 + 1 + 4;

    public static int Measure(SourceBatch batch)
    {
        var size = HeaderSize + (batch.ShardId?.Length ?? 0);
        foreach (var record in batch.Records)
            size += RecordOverhead + record.SequenceNumber.Length + record.Data.Length;
        return size;
    }

    public static void Write(Span<byte> frame, SourceBatch batch)
    {
        var (raw, oldest) = (0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        foreach (var record in batch.Records)
        {
            raw += record.Data.Length;
            oldest = Math.Min(oldest, record.Arrival.ToUnixTimeMilliseconds());
        }

        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[4..], batch.Next);
        BinaryPrimitives.WriteInt32LittleEndian(frame[12..], batch.Records.Count);
        BinaryPrimitives.WriteInt32LittleEndian(frame[16..], raw);
        BinaryPrimitives.WriteInt64LittleEndian(frame[20..], oldest);
        frame[28] = (byte)(batch.ShardId?.Length ?? 0);
        var at = HeaderSize + Encoding.ASCII.GetBytes(batch.ShardId ?? "", frame[HeaderSize..]);
        foreach (var record in batch.Records)
        {
            BinaryPrimitives.WriteInt64LittleEndian(frame[at..], record.Arrival.ToUnixTimeMilliseconds());
            frame[at + 8] = (byte)record.SequenceNumber.Length;
            at += 9 + Encoding.ASCII.GetBytes(record.SequenceNumber, frame[(at + 9)..]);
            BinaryPrimitives.WriteInt32LittleEndian(frame[at..], record.Data.Length);
            record.Data.Span.CopyTo(frame[(at + 4)..]);
            at += 4 + record.Data.Length;
        }
    }

    public static SpoolFrameHeader ReadHeader(ReadOnlySpan<byte> frame) => new(
        BinaryPrimitives.ReadInt32LittleEndian(frame), BinaryPrimitives.ReadInt64LittleEndian(frame[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(frame[12..]), BinaryPrimitives.ReadInt32LittleEndian(frame[16..]),
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(frame[20..])), frame[28]);
}

internal readonly record struct SpoolFrameHeader(int Length, long Next, int Records, int RawBytes, DateTimeOffset Oldest, int ShardLength);

/// <summary>A record in a block that was read back from a spool.</summary>
internal readonly ref struct SpooledRecord(long arrivalMillis, ReadOnlySpan<byte> sequenceNumber, ReadOnlySpan<byte> data)
{
    public long ArrivalMillis { get; } = arrivalMillis;

    public ReadOnlySpan<byte> SequenceNumber { get; } = sequenceNumber;

    public ReadOnlySpan<byte> Data { get; } = data;
}

/// <summary>Goes through the records of whole frames.</summary>
internal struct SpoolCursor(ReadOnlyMemory<byte> frames)
{
    private int _at;
    private int _end;
    private int _record;
    private int _next;

    /// <summary>Moves to the next record.</summary>
    public bool MoveNext()
    {
        var span = frames.Span;
        while (_next == _end)
        {
            _at = _end;
            if (_at == span.Length)
                return false;
            var header = SpoolFrame.ReadHeader(span[_at..]);
            _end = _at + header.Length;
            _next = _at + SpoolFrame.HeaderSize + header.ShardLength;
        }

        _record = _next;
        var sequence = span[_record + 8];
        _next = _record + 9 + sequence + 4 + BinaryPrimitives.ReadInt32LittleEndian(span[(_record + 9 + sequence)..]);
        return true;
    }

    public readonly SpooledRecord Current
    {
        get
        {
            var record = frames.Span[_record.._next];
            var sequence = record[8];
            return new(BinaryPrimitives.ReadInt64LittleEndian(record), record.Slice(9, sequence), record[(13 + sequence)..]);
        }
    }
}

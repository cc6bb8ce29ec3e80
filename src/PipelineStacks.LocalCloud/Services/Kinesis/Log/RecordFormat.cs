using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Log;

/// <summary>
/// A record in a shard's log: CRC-32C, length of the data, arrival in milliseconds, length of the key, flags; then the data
/// and the UTF-8 of the partition key. The index of a record is that of its segment plus its place there.
/// </summary>
internal static class RecordFormat
{
    public const int HeaderSize = 20;

    public static int SizeOf(int dataLength, int keyLength) => HeaderSize + dataLength + keyLength;

    /// <summary>Seals a record whose data and key already stand behind the header.</summary>
    public static void WriteHeader(Span<byte> record, int dataLength, int keyLength, long arrival, RecordFlags flags)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], dataLength);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], arrival);
        BinaryPrimitives.WriteUInt16LittleEndian(record[16..], (ushort)keyLength);
        BinaryPrimitives.WriteUInt16LittleEndian(record[18..], (ushort)flags);
        BinaryPrimitives.WriteUInt32LittleEndian(record, Checksum(record[..SizeOf(dataLength, keyLength)]));
    }

    /// <summary>The lengths and arrival that a header gives; the record itself may be longer than the span.</summary>
    public static RecordHeader ReadHeader(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadInt32LittleEndian(header[4..]),
        BinaryPrimitives.ReadUInt16LittleEndian(header[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(header[8..]),
        (RecordFlags)BinaryPrimitives.ReadUInt16LittleEndian(header[18..]));

    public static bool IsIntact(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record) == Checksum(record);

    private static uint Checksum(ReadOnlySpan<byte> record)
    {
        var rest = record[4..];
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(rest))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var b in rest[(rest.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}

internal readonly record struct RecordHeader(int DataLength, int KeyLength, long Arrival, RecordFlags Flags)
{
    public int Size => RecordFormat.SizeOf(DataLength, KeyLength);
}

[Flags]
internal enum RecordFlags : ushort
{
    None = 0,

    /// <summary>The stream was encrypted with a KMS key when the record came in; GetRecords says so of each record.</summary>
    Encrypted = 1,
}

using System.Globalization;
using System.Security.Cryptography;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>A shard's part of the 128-bit hash space, both ends included.</summary>
internal readonly record struct HashKeyRange(UInt128 Start, UInt128 End)
{
    public static readonly HashKeyRange Whole = new(UInt128.Zero, UInt128.MaxValue);

    /// <summary>The whole space in equal parts, as CreateStream makes it.</summary>
    public static IReadOnlyList<HashKeyRange> Uniform(int parts)
    {
        if (parts == 1)
            return [Whole];
        var (width, rest) = UInt128.DivRem(UInt128.MaxValue, (uint)parts);
        if (rest == (uint)parts - 1)
            width++;
        return
        [
            .. Enumerable.Range(0, parts).Select(i => new HashKeyRange(
                width * (uint)i, i == parts - 1 ? UInt128.MaxValue : (width * (uint)(i + 1)) - 1)),
        ];
    }

    public bool Precedes(HashKeyRange other) => End != UInt128.MaxValue && End + 1 == other.Start;

    public bool Contains(UInt128 key) => key >= Start && key <= End;
}

/// <summary>Where a record belongs.</summary>
internal static class HashKeys
{
    // AWS routes by MD5; it protects nothing here.
#pragma warning disable CA5351
    /// <summary>The hash of a partition key: the MD5 of its UTF-8 as a 128-bit integer.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> partitionKey)
    {
        Span<byte> hash = stackalloc byte[16];
        MD5.HashData(partitionKey, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
#pragma warning restore CA5351

    public static bool TryParse(string? text, out UInt128 key) => UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out key);

    public static string Text(this UInt128 key) => key.ToString(CultureInfo.InvariantCulture);
}

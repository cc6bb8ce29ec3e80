using System.Runtime.InteropServices;

namespace PipelineStacks.LocalCloud.Services.S3.Checksums;

/// <summary>A reflected CRC of up to 64 bits, eight bytes at a time by tables.</summary>
internal sealed class ReflectedCrc
{
    public static readonly ReflectedCrc Crc32 = new(32, 0xEDB88320);
    public static readonly ReflectedCrc Crc32C = new(32, 0x82F63B78);
    public static readonly ReflectedCrc Crc64Nvme = new(64, 0x9A6C9329AC4BC9B5);

    private readonly ulong[] _tables = new ulong[8 * 256];

    private ReflectedCrc(int bits, ulong polynomial)
    {
        Bits = bits;
        for (var i = 0; i < 256; i++)
        {
            var crc = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ polynomial;
            _tables[i] = crc;
        }

        for (var i = 256; i < _tables.Length; i++)
            _tables[i] = _tables[i - 256] >> 8 ^ _tables[(byte)_tables[i - 256]];
    }

    public int Bits { get; }

    public ulong Initial => Bits == 64 ? ulong.MaxValue : uint.MaxValue;

    public ulong Append(ulong crc, ReadOnlySpan<byte> bytes)
    {
        var t = _tables;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            var x = crc ^ word;
            crc = t[7 * 256 + (int)(x & 0xFF)] ^ t[6 * 256 + (int)(x >> 8 & 0xFF)] ^ t[5 * 256 + (int)(x >> 16 & 0xFF)]
                ^ t[4 * 256 + (int)(x >> 24 & 0xFF)] ^ t[3 * 256 + (int)(x >> 32 & 0xFF)] ^ t[2 * 256 + (int)(x >> 40 & 0xFF)]
                ^ t[256 + (int)(x >> 48 & 0xFF)] ^ t[(int)(x >> 56)];
        }

        foreach (var rest in bytes[(bytes.Length & ~7)..])
            crc = crc >> 8 ^ t[(byte)(crc ^ rest)];
        return crc;
    }

    public byte[] Finish(ulong crc)
    {
        var bytes = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, ~crc);
        return bytes[(8 - Bits / 8)..];
    }
}

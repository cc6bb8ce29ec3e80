using System.Buffers.Binary;
using System.Numerics;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>The two hashes of the reference that .NET doesn't have.</summary>
internal static class OldHashes
{
    private static readonly int[] Primes = [.. Enumerable.Range(2, 310).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0)).Take(64)];

    // SHA-2's constants are digits of the first primes' roots (FIPS 180-4): computing them is shorter than listing them, and shows where they come from.
    private static readonly uint[] Sha2Rounds = [.. Primes.Select(prime => Word(Root((BigInteger)prime << 96, 3)))];
    private static readonly uint[] Sha224Start = [.. Primes.Skip(8).Take(8).Select(prime => Word(Root((BigInteger)prime << 128, 2)))];

    // RFC 1319's permutation.
    private static readonly byte[] Md2Bytes = Convert.FromHexString(
        "292E43C9A2D87C013D3654A1ECF0061362A705F3C0C7738C98932BD9BC4C82CA1E9B573CFDD4E01667426F188A17E512BE4EC4D6DA9EDE49A0FBF58EBB2FEE7A" +
        "A968799115B2073F94C210890B225F21807F5D9A5A903227353ECCE7BFF79703FF1930B348A5B5D1D75E922AAC56AAC64FB838D296A47DB676FC6BE29C7404F1" +
        "459D705964718720865BCF65E62DA8021B6025ADAEB0B9F61C46616934407E0F5547A323DD51AF3AC35CF9CEBAC5EA262C530D6E85288409D3DFCDF441814D52" +
        "6ADC37C86CC1ABFA24E17B080CBDB14A7888958BE363E86DE9CBD5FE3B001D39F2EFB70E6658D0E4A67772F8EB754B0A314450B48FED1F1ADB998D339F118314");

    public static byte[] Md2(byte[] text)
    {
        var padding = 16 - text.Length % 16;
        byte[] padded = [.. text, .. Enumerable.Repeat((byte)padding, padding)];
        var checksum = new byte[16];
        byte last = 0;
        foreach (var block in padded.Chunk(16))
            for (var i = 0; i < 16; i++)
                last = checksum[i] ^= Md2Bytes[block[i] ^ last];
        var state = new byte[48];
        foreach (var block in padded.Concat(checksum).Chunk(16))
        {
            for (var i = 0; i < 16; i++)
            {
                state[16 + i] = block[i];
                state[32 + i] = (byte)(block[i] ^ state[i]);
            }
            byte carry = 0;
            for (var round = 0; round < 18; round++)
            {
                for (var i = 0; i < 48; i++)
                    carry = state[i] ^= Md2Bytes[carry];
                carry = (byte)(carry + round);
            }
        }
        return state[..16];
    }

    public static byte[] Sha224(byte[] text)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)text.Length * 8);
        byte[] padded = [.. text, 0x80, .. new byte[(119 - text.Length % 64) % 64], .. length];
        uint[] state = [.. Sha224Start];
        foreach (var block in padded.Chunk(64))
            Sha2Block(state, block);
        var hash = new byte[28];
        for (var i = 0; i < 7; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * 4), state[i]);
        return hash;
    }

    private static void Sha2Block(uint[] state, byte[] block)
    {
        var words = new uint[64];
        for (var i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(i * 4));
        for (var i = 16; i < 64; i++)
        {
            var small = uint.RotateRight(words[i - 15], 7) ^ uint.RotateRight(words[i - 15], 18) ^ (words[i - 15] >> 3);
            var large = uint.RotateRight(words[i - 2], 17) ^ uint.RotateRight(words[i - 2], 19) ^ (words[i - 2] >> 10);
            words[i] = words[i - 16] + small + words[i - 7] + large;
        }
        uint[] w = [.. state];
        for (var i = 0; i < 64; i++)
        {
            var sum1 = uint.RotateRight(w[4], 6) ^ uint.RotateRight(w[4], 11) ^ uint.RotateRight(w[4], 25);
            var first = w[7] + sum1 + ((w[4] & w[5]) ^ (~w[4] & w[6])) + Sha2Rounds[i] + words[i];
            var sum0 = uint.RotateRight(w[0], 2) ^ uint.RotateRight(w[0], 13) ^ uint.RotateRight(w[0], 22);
            var second = sum0 + ((w[0] & w[1]) ^ (w[0] & w[2]) ^ (w[1] & w[2]));
            w = [first + second, w[0], w[1], w[2], w[3] + first, w[4], w[5], w[6]];
        }
        for (var i = 0; i < 8; i++)
            state[i] += w[i];
    }

    private static uint Word(BigInteger value) => (uint)(value & uint.MaxValue);

    private static BigInteger Root(BigInteger value, int degree)
    {
        var (low, high) = (BigInteger.Zero, BigInteger.One << 80);
        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            (low, high) = BigInteger.Pow(middle, degree) <= value ? (middle, high) : (low, middle);
        }
        return low;
    }
}

using System.Buffers;
using System.Security.Cryptography;

namespace PipelineStacks.LocalCloud.Services.S3.Checksums;

/// <summary>MD5, which S3's ETags and Content-MD5 are; nothing here relies on it for security.</summary>
internal static class Md5
{
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        using var hash = Start();
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }

    public static byte[] OfFile(string path)
    {
        using var hash = Start();
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        long offset = 0;
        while (RandomAccess.Read(file, buffer, offset) is var read and > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            offset += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return hash.GetHashAndReset();
    }

    public static IncrementalHash Start() => IncrementalHash.CreateHash(HashAlgorithmName.MD5);
}

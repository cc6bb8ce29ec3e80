using System.Security.Cryptography;

namespace PipelineStacks.LocalCloud.Services.S3.Checksums;

/// <summary>The algorithms of <c>x-amz-checksum-…</c>.</summary>
/// <param name="Name">As in <c>x-amz-checksum-algorithm</c>.</param>
/// <param name="Length">Of the checksum, in bytes.</param>
internal sealed record ChecksumAlgorithm(string Name, int Length, Func<IRunningChecksum> Start)
{
    public static readonly IReadOnlyList<ChecksumAlgorithm> All =
    [
        new("CRC32", 4, () => new RunningCrc(ReflectedCrc.Crc32)),
        new("CRC32C", 4, () => new RunningCrc(ReflectedCrc.Crc32C)),
        new("CRC64NVME", 8, () => new RunningCrc(ReflectedCrc.Crc64Nvme)),
        new("SHA1", 20, () => new RunningHash(HashAlgorithmName.SHA1)),
        new("SHA256", 32, () => new RunningHash(HashAlgorithmName.SHA256)),
    ];

    /// <summary>The header that carries the checksum: <c>x-amz-checksum-crc32</c>.</summary>
    public string Header { get; } = "x-amz-checksum-" + Name.ToLowerInvariant();

    /// <summary>The XML element that carries it: <c>ChecksumCRC32</c>.</summary>
    public string Element { get; } = "Checksum" + Name;

    /// <summary>CRCs of parts can be put together to one of the whole, other checksums are of the parts' checksums.</summary>
    public bool IsCrc => Name.StartsWith("CRC", StringComparison.Ordinal);

    public static ChecksumAlgorithm? Find(string? name) =>
        All.FirstOrDefault(algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public byte[] Of(ReadOnlySpan<byte> bytes)
    {
        using var running = Start();
        running.Append(bytes);
        return running.Finish();
    }
}

internal interface IRunningChecksum : IDisposable
{
    void Append(ReadOnlySpan<byte> bytes);

    byte[] Finish();
}

internal sealed class RunningHash(HashAlgorithmName name) : IRunningChecksum
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();
}

internal sealed class RunningCrc(ReflectedCrc crc) : IRunningChecksum
{
    private ulong _value = crc.Initial;

    public void Append(ReadOnlySpan<byte> bytes) => _value = crc.Append(_value, bytes);

    public byte[] Finish() => crc.Finish(_value);

    public void Dispose()
    {
        // Nothing to release; hashes have.
    }
}

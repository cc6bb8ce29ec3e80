using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using PipelineStacks.LocalCloud.Services.S3.Checksums;

namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>Content on disk that nothing refers to yet.</summary>
/// <param name="File">Its name among the bucket's files.</param>
/// <param name="Checksums">The digests that were asked for, in the order of the question.</param>
internal sealed record WrittenContent(string File, long Size, byte[] Md5, IReadOnlyList<byte[]> Checksums)
{
    public string ETag => Convert.ToHexStringLower(Md5);
}

/// <summary>Writes content into a new file and digests it on the way, a buffer at a time.</summary>
internal sealed class ContentWriter : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly IncrementalHash _md5 = Checksums.Md5.Start();
    private readonly IRunningChecksum[] _checksums;
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly string _file;
    private bool _finished;

    public ContentWriter(BucketStorage storage, string key, params IReadOnlyList<ChecksumAlgorithm> checksums)
    {
        _file = BucketStorage.NewFile(key);
        _path = storage.PathOf(_file);
        _handle = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write);
        _checksums = [.. checksums.Select(checksum => checksum.Start())];
    }

    public long Size { get; private set; }

    public static async ValueTask<WrittenContent> WriteAsync(
        BucketStorage storage, string key, Stream content, IReadOnlyList<ChecksumAlgorithm> checksums, CancellationToken cancellation)
    {
        using var writer = new ContentWriter(storage, key, checksums);
        await writer.AppendAsync(content, long.MaxValue, cancellation);
        return writer.Finish();
    }

    /// <summary>Appends a part of another file of a bucket.</summary>
    public void AppendFile(string path, long start, long length)
    {
        using var from = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (var left = length; left > 0;)
            {
                var read = RandomAccess.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, left)), start + length - left);
                if (read == 0)
                    throw new InvalidDataException($"{path} is shorter than its object.");
                Append(buffer.AsSpan(0, read));
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        foreach (var checksum in _checksums)
            checksum.Append(bytes);
        RandomAccess.Write(_handle, bytes, Size);
        Size += bytes.Length;
    }

    /// <summary>Appends what a stream holds, up to a number of bytes.</summary>
    public async ValueTask AppendAsync(Stream content, long most, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (most > 0)
            {
                // Several reads of the network make one write: small writes and digests cost more than the copy.
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, (int)Math.Min(BufferSize, most)),
                    (int)Math.Min(BufferSize / 2, most), throwOnEndOfStream: false, cancellation);
                if (read == 0)
                    return;
                Append(buffer.AsSpan(0, read));
                most -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public WrittenContent Finish()
    {
        _finished = true;
        return new(_file, Size, _md5.GetHashAndReset(), [.. _checksums.Select(checksum => checksum.Finish())]);
    }

    /// <summary>Closes the file, and removes it when it was not finished.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        _md5.Dispose();
        foreach (var checksum in _checksums)
            checksum.Dispose();
        if (!_finished)
            File.Delete(_path);
    }
}

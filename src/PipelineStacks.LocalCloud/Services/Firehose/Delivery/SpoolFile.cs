using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>
/// One buffer's records in a file that only grows. It begins with the positions at which the buffer began; every frame moves
/// them on. Records and positions are thus saved by the same write, and a killed process neither loses nor doubles any.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private long _length;

    private SpoolFile(string path, SafeFileHandle file, Dictionary<string, long> positions, long start)
    {
        (Path, _file, Positions, Start, _length) = (path, file, positions, start, start);
        Recover();
    }

    public string Path { get; }

    /// <summary>Where the frames begin.</summary>
    public long Start { get; }

    /// <summary>By shard, the position after what was read; as of the last frame.</summary>
    public Dictionary<string, long> Positions { get; }

    public int Records { get; private set; }

    /// <summary>The size of the records as they came, which is what buffer sizes count.</summary>
    public long RawBytes { get; private set; }

    public DateTimeOffset Oldest { get; private set; } = DateTimeOffset.MaxValue;

    public static SpoolFile Create(string path, IReadOnlyDictionary<string, long> positions)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(positions);
        using (var stream = new FileStream(path + ".next", FileMode.Create))
        {
            stream.Write(BitConverter.GetBytes(header.Length));
            stream.Write(header);
        }

        File.Move(path + ".next", path);
        return Open(path);
    }

    public static SpoolFile Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        Span<byte> length = stackalloc byte[4];
        RandomAccess.Read(file, length, 0);
        var header = new byte[BitConverter.ToInt32(length)];
        RandomAccess.Read(file, header, 4);
        return new SpoolFile(path, file, JsonSerializer.Deserialize<Dictionary<string, long>>(header)!, 4 + header.Length);
    }

    public void Append(SourceBatch batch)
    {
        var size = SpoolFrame.Measure(batch);
        var frame = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            SpoolFrame.Write(frame.AsSpan(0, size), batch);
            RandomAccess.Write(_file, frame.AsSpan(0, size), _length);
            Count(SpoolFrame.ReadHeader(frame), batch.ShardId);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Count(SpoolFrameHeader frame, string? shard)
    {
        _length += frame.Length;
        Records += frame.Records;
        RawBytes += frame.RawBytes;
        if (frame.Oldest < Oldest)
            Oldest = frame.Oldest;
        if (shard is not null)
            Positions[shard] = frame.Next;
    }

    private void Recover()
    {
        var end = RandomAccess.GetLength(_file);
        Span<byte> head = stackalloc byte[SpoolFrame.HeaderSize + byte.MaxValue];
        while (RandomAccess.Read(_file, head, _length) is >= SpoolFrame.HeaderSize)
        {
            var frame = SpoolFrame.ReadHeader(head);
            if (_length + frame.Length > end)
                break;
            Count(frame, frame.ShardLength == 0 ? null : Encoding.ASCII.GetString(head.Slice(SpoolFrame.HeaderSize, frame.ShardLength)));
        }

        // What is after the last whole frame was never acknowledged.
        if (_length < end)
            RandomAccess.SetLength(_file, _length);
    }
}

using System.Buffers;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Log;

/// <summary>Walks a shard's log from an index on, over segments, in a rented buffer. What it shows is valid until it moves.</summary>
internal ref struct LogReader(ShardLog log, long index) : IDisposable
{
    private const int ChunkSize = 128 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private Segment? _segment;
    private long _offset;
    private long _committed;
    private long _next = index;

    public long Index { get; private set; }

    public RecordHeader Header { get; private set; }

    public readonly ReadOnlySpan<byte> Data => _buffer.AsSpan(_start - Header.Size + RecordFormat.HeaderSize, Header.DataLength);

    public readonly ReadOnlySpan<byte> Key => _buffer.AsSpan(_start - Header.KeyLength, Header.KeyLength);

    public bool MoveNext()
    {
        while (true)
        {
            if (!Ensure(RecordFormat.HeaderSize) && !Seek())
                return false;
            if (!Ensure(RecordFormat.HeaderSize))
                return false;
            Header = RecordFormat.ReadHeader(_buffer.AsSpan(_start, RecordFormat.HeaderSize));
            if (!Ensure(Header.Size))
                throw new InvalidDataException($"The log file {_segment!.Path} ends within a record.");
            _start += Header.Size;
            Index = _position++;
            if (Index >= _next)
            {
                _next = Index + 1;
                return true;
            }
        }
    }

    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    // The index of the record that stands at _start.
    private long _position;

    private bool Seek()
    {
        if (log.Locate(_next) is not { } place)
            return false;
        (_segment, _committed) = (place.Segment, place.Committed);
        (_position, _offset) = (place.Start.Index, place.Start.Offset);
        _start = _end = 0;
        return true;
    }

    private bool Ensure(int size)
    {
        var have = _end - _start;
        if (have >= size)
            return true;
        if (_segment is null || _committed - _offset < size - have)
            return false;
        MakeRoom(size);
        while (_end - _start < size)
        {
            var want = (int)Math.Min(_buffer!.Length - _end, _committed - _offset);
            var read = _segment.Read(_buffer.AsSpan(_end, want), _offset);
            if (read == 0)
                return false;
            _end += read;
            _offset += read;
        }

        return true;
    }

    private void MakeRoom(int size)
    {
        var have = _end - _start;
        var next = _buffer is null || _buffer.Length < size ? ArrayPool<byte>.Shared.Rent(Math.Max(size, ChunkSize)) : _buffer;
        _buffer.AsSpan(_start, have).CopyTo(next);
        if (_buffer is not null && next != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (next, 0, have);
    }
}

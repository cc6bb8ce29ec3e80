namespace PipelineStacks.LocalCloud.Services.Kinesis.Log;

/// <summary>
/// A shard's records on disk, in the order of their indexes. Each batch is one write to the file before anyone hears of it:
/// a killed process loses nothing acknowledged, since the pages are the kernel's by then. It is not synced to the disk, so
/// that a power failure may lose the last seconds, as documented.
/// </summary>
internal sealed class ShardLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly List<Segment> _segments;

    public ShardLog(string folder)
    {
        _folder = folder;
        _segments = Segment.OpenAll(folder);
        if (_segments.Count == 0)
            _segments.Add(Segment.Create(folder, 0));
        var last = _segments[^1];
        last.Scan(last: true);
        NextIndex = last.FirstIndex + last.Count;
        LastArrival = last.LastArrival;
        if (last.Count == 0 && _segments.Count > 1)
            LastArrival = Scanned(_segments.Count - 2).LastArrival;
    }

    /// <summary>The index that the next record gets.</summary>
    public long NextIndex { get; private set; }

    /// <summary>When the newest record came in. Arrivals never decrease within a shard.</summary>
    public long LastArrival { get; private set; }

    /// <summary>Adds sealed records, all or none. One caller at a time.</summary>
    /// <returns>The index of the first.</returns>
    /// <exception cref="IOException">The disk is full or failing; nothing was added.</exception>
    public long Append(ReadOnlySpan<byte> records)
    {
        lock (_lock)
        {
            if (_segments[^1].Size >= LogLimits.SegmentSize)
                _segments.Add(Segment.Create(_folder, NextIndex));
            var last = _segments[^1];
            last.Append(records);
            var first = NextIndex;
            NextIndex = last.FirstIndex + last.Count;
            LastArrival = last.LastArrival;
            return first;
        }
    }

    /// <summary>The segment that holds a record, a place at or before it, and how much of the segment is committed.</summary>
    /// <returns>Null past the newest record.</returns>
    public (Segment Segment, Mark Start, long Committed)? Locate(long index)
    {
        lock (_lock)
        {
            if (index >= NextIndex)
                return null;
            var at = _segments.FindLastIndex(candidate => candidate.FirstIndex <= index);
            var segment = Scanned(Math.Max(0, at));
            return (segment, segment.MarkBefore(Math.Max(index, segment.FirstIndex)), segment.Size);
        }
    }

    /// <summary>The index of the first record that came in at or after a time; the next index where there is none.</summary>
    public long IndexAt(long arrival)
    {
        lock (_lock)
        {
            if (arrival > LastArrival)
                return NextIndex;
        }

        using var reader = new LogReader(this, StartBeforeTime(arrival));
        while (reader.MoveNext())
        {
            if (reader.Header.Arrival >= arrival)
                return reader.Index;
        }

        return NextIndex;
    }

    /// <summary>Deletes the segments whose records all came in before a time.</summary>
    public void DeleteBefore(long arrival)
    {
        lock (_lock)
        {
            if (_segments[^1].Count > 0 && LastArrival < arrival)
                _segments.Add(Segment.Create(_folder, NextIndex));
            while (_segments.Count > 1 && (_segments[1].FirstArrival ?? LastArrival) < arrival)
            {
                // A reader may still be inside; the handle is closed when the last reference to it is gone.
                File.Delete(_segments[0].Path);
                _segments.RemoveAt(0);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _segments.ForEach(segment => segment.Dispose());
    }

    private long StartBeforeTime(long arrival)
    {
        lock (_lock)
        {
            var at = _segments.FindLastIndex(candidate => candidate.FirstArrival < arrival);
            var segment = Scanned(Math.Max(0, at));
            return segment.Count == 0 ? segment.FirstIndex : segment.MarkBeforeTime(arrival).Index;
        }
    }

    private Segment Scanned(int at)
    {
        var segment = _segments[at];
        segment.Scan(last: at == _segments.Count - 1);
        return segment;
    }
}

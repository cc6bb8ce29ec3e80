using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Log;

/// <summary>
/// One file of a shard's log. It knows where every few kilobytes a record begins, so that an index or a time is found by one
/// binary search and a short walk, and millions of records cost a few kilobytes of memory.
/// </summary>
internal sealed class Segment : IDisposable
{
    private const int MarkSpacing = 16 * 1024;
    private const string Extension = ".log";

    private readonly SafeFileHandle _file;
    private readonly List<Mark> _marks = [];
    private bool _scanned;

    private Segment(string path, long firstIndex, SafeFileHandle file) => (Path, FirstIndex, _file) = (path, firstIndex, file);

    public string Path { get; }

    public long FirstIndex { get; }

    public long Size { get; private set; }

    public long Count { get; private set; }

    /// <summary>When the first record came in; null while there is none.</summary>
    public long? FirstArrival { get; private set; }

    public long LastArrival { get; private set; }

    public static Segment Create(string folder, long firstIndex)
    {
        var path = System.IO.Path.Combine(folder, firstIndex.ToString("D20", CultureInfo.InvariantCulture) + Extension);
        return new Segment(path, firstIndex, OpenFile(path, FileMode.Create)) { _scanned = true };
    }

    /// <summary>The segments of a folder by their first index. Only the first header of each is read; the rest when it is needed.</summary>
    public static List<Segment> OpenAll(string folder)
    {
        var segments = new List<Segment>();
        Span<byte> header = stackalloc byte[RecordFormat.HeaderSize];
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal))
        {
            var firstIndex = long.Parse(System.IO.Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
            var segment = new Segment(path, firstIndex, OpenFile(path, FileMode.Open));
            segment.Size = RandomAccess.GetLength(segment._file);
            if (RandomAccess.Read(segment._file, header, 0) == header.Length)
                segment.FirstArrival = RecordFormat.ReadHeader(header).Arrival;
            segments.Add(segment);
        }

        return segments;
    }

    /// <summary>Writes sealed records in one write at the end; they are safe from the death of the process when it returns.</summary>
    public void Append(ReadOnlySpan<byte> records)
    {
        try
        {
            RandomAccess.Write(_file, records, Size);
        }
        catch (IOException)
        {
            // What was written of a failed batch must not come back to life behind the next one.
            RandomAccess.SetLength(_file, Size);
            throw;
        }

        Note(records);
    }

    /// <summary>Reads committed bytes.</summary>
    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_file, buffer, offset);

    /// <summary>
    /// Finds the marks of a file from an earlier run. A record that was being written when the process died was never
    /// acknowledged: it is cut off the last segment. In any other segment a broken record is damage, and is reported.
    /// </summary>
    public void Scan(bool last)
    {
        if (_scanned)
            return;
        var length = Size;
        Size = 0;
        FirstArrival = null;
        var buffer = ArrayPool<byte>.Shared.Rent(1024 * 1024);
        try
        {
            while (Size < length)
            {
                var read = Fill(buffer, length);
                var whole = WholeRecords(buffer.AsSpan(0, read), out var needed);
                if (whole > 0)
                    Note(buffer.AsSpan(0, whole));
                else if (needed > buffer.Length && needed <= length - Size)
                    buffer = Grow(buffer, needed);
                else
                    break;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (Size < length && !last)
            throw new InvalidDataException($"The log file {Path} is damaged at byte {Size}; delete it to lose only its records.");
        if (Size < length)
            RandomAccess.SetLength(_file, Size);
        _scanned = true;
    }

    /// <summary>The last known place at or before a record.</summary>
    public Mark MarkBefore(long index)
    {
        var at = _marks.BinarySearch(new Mark(index, 0, 0), Mark.ByIndex);
        return _marks[at >= 0 ? at : ~at - 1];
    }

    /// <summary>The last known place whose record came in before a time; the first place where none did.</summary>
    public Mark MarkBeforeTime(long arrival)
    {
        var (low, high) = (0, _marks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_marks[middle].Arrival < arrival)
                low = middle + 1;
            else
                high = middle;
        }

        return _marks[Math.Max(0, low - 1)];
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenFile(string path, FileMode mode) =>
        File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

    private static byte[] Grow(byte[] buffer, int needed)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        return ArrayPool<byte>.Shared.Rent(needed);
    }

    private int Fill(byte[] buffer, long length)
    {
        var want = (int)Math.Min(buffer.Length, length - Size);
        var read = 0;
        while (read < want && RandomAccess.Read(_file, buffer.AsSpan(read, want - read), Size + read) is > 0 and var more)
            read += more;
        return read;
    }

    // How many bytes are whole, intact records, and how many the next one needs.
    private static int WholeRecords(ReadOnlySpan<byte> bytes, out int needed)
    {
        var whole = 0;
        while (true)
        {
            var rest = bytes[whole..];
            needed = RecordFormat.HeaderSize;
            if (rest.Length < needed)
                return whole;
            var header = RecordFormat.ReadHeader(rest);
            if (header.DataLength is < 0 or > LogLimits.MaxData)
                return whole;
            needed = header.Size;
            if (rest.Length < needed || !RecordFormat.IsIntact(rest[..needed]))
                return whole;
            whole += needed;
        }
    }

    private void Note(ReadOnlySpan<byte> records)
    {
        for (var at = 0; at < records.Length;)
        {
            var header = RecordFormat.ReadHeader(records[at..]);
            if (_marks.Count == 0 || Size + at - _marks[^1].Offset >= MarkSpacing)
                _marks.Add(new Mark(FirstIndex + Count, Size + at, header.Arrival));
            FirstArrival ??= header.Arrival;
            LastArrival = header.Arrival;
            at += header.Size;
            Count++;
        }

        Size += records.Length;
    }
}

/// <summary>Where a record begins.</summary>
internal readonly record struct Mark(long Index, long Offset, long Arrival)
{
    public static readonly Comparer<Mark> ByIndex = Comparer<Mark>.Create((a, b) => a.Index.CompareTo(b.Index));
}

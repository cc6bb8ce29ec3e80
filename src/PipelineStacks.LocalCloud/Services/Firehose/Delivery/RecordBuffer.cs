using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>
/// The buffer before one destination: a spool that is being filled, and the sealed ones that wait for their delivery, oldest
/// first. A spool is sealed by starting the next one, so the newest file is always the open one.
/// </summary>
internal sealed class RecordBuffer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly Queue<SpoolFile> _sealed = new();
    private SpoolFile _open;
    private long _number;
    private DateTimeOffset? _firstAt;

    public RecordBuffer(string folder, IReadOnlyDictionary<string, long> positions)
    {
        _folder = folder;
        var files = Directory.GetFiles(folder, "*.spool").Order(StringComparer.Ordinal).ToArray();
        foreach (var file in files.SkipLast(1))
            _sealed.Enqueue(SpoolFile.Open(file));
        // What a kill between the removal of a spool and of its intent leaves behind.
        foreach (var intent in Directory.GetFiles(folder, "*" + DeliveryIntent.Extension))
        {
            if (!File.Exists(Path.ChangeExtension(intent, ".spool")))
                File.Delete(intent);
        }

        _number = files.Length == 0 ? 1 : long.Parse(Path.GetFileNameWithoutExtension(files[^1]), CultureInfo.InvariantCulture);
        _open = files.Length == 0 ? SpoolFile.Create(FileOf(_number), positions) : SpoolFile.Open(files[^1]);
        _firstAt = _open.Records > 0 ? _open.Oldest : null;
    }

    /// <summary>Since when the open buffer has had a record; null while it is empty.</summary>
    public DateTimeOffset? FirstAt
    {
        get
        {
            lock (_lock)
                return _firstAt;
        }
    }

    public long RawBytes
    {
        get
        {
            lock (_lock)
                return _open.RawBytes;
        }
    }

    public int Sealed
    {
        get
        {
            lock (_lock)
                return _sealed.Count;
        }
    }

    /// <summary>The oldest sealed spool.</summary>
    public SpoolFile? Oldest
    {
        get
        {
            lock (_lock)
                return _sealed.TryPeek(out var spool) ? spool : null;
        }
    }

    public Dictionary<string, long> Positions
    {
        get
        {
            lock (_lock)
                return new(_open.Positions, StringComparer.Ordinal);
        }
    }

    /// <summary>Saves the batch, without the records that the buffer has already.</summary>
    public void Append(SourceBatch batch, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (batch.ShardId is { } shard && _open.Positions.TryGetValue(shard, out var position))
            {
                if (position >= batch.Next)
                    return;
                // Two buffers that were killed between their writes stand at different positions of the same shard.
                var first = batch.Next - batch.Records.Count;
                if (position > first)
                    batch = batch with { Records = [.. batch.Records.Skip((int)(position - first))] };
            }

            _open.Append(batch);
            if (batch.Records.Count > 0)
                _firstAt ??= now;
        }
    }

    /// <summary>Closes the open spool for delivery and opens the next. Nothing happens while it is empty.</summary>
    public void Seal()
    {
        lock (_lock)
        {
            if (_open.Records == 0)
                return;
            var next = SpoolFile.Create(FileOf(_number + 1), _open.Positions);
            _sealed.Enqueue(_open);
            (_open, _number, _firstAt) = (next, _number + 1, null);
        }
    }

    /// <summary>Forgets the oldest sealed spool, whose records are delivered.</summary>
    public void Remove(SpoolFile delivered)
    {
        lock (_lock)
        {
            if (_sealed.Dequeue() != delivered)
                throw new InvalidOperationException("Spools are delivered in their order.");
            delivered.Dispose();
            File.Delete(delivered.Path);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var spool in _sealed)
                spool.Dispose();
            _open.Dispose();
        }
    }

    private string FileOf(long number) => Path.Combine(_folder, $"{number:D8}.spool");
}

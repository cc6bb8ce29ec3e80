namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>
/// A series of splits and merges that becomes visible at once. Parents are closed first, so that no record goes into a parent
/// after one has gone into its child. Used under <see cref="KinesisStream.Changing"/>.
/// </summary>
internal sealed class Resharding(KinesisStream stream, DateTimeOffset now)
{
    private readonly SortedDictionary<int, ShardState> _shards = new(stream.State.Shards.ToDictionary(shard => shard.Number));
    private readonly List<Shard> _closed = [];
    private int _next = stream.State.NextShard;

    /// <summary>The open shards as they stand after the steps so far, by their hash keys.</summary>
    public IReadOnlyList<ShardState> Open => [.. _shards.Values.Where(shard => !shard.Closed).OrderBy(shard => shard.Range.Start)];

    /// <exception cref="Calls.ServiceException"><c>ResourceNotFoundException</c>, or the shard is closed.</exception>
    public static ShardState RequireOpen(KinesisStream stream, string id)
    {
        var number = ShardState.NumberIn(id);
        var shard = stream.State.Shards.FirstOrDefault(shard => shard.Number == number)
            ?? throw KinesisErrors.ShardNotFound(number is { } parsed ? ShardState.IdOf(parsed) : id, stream.Name, stream.Key.Account);
        return shard.Closed
            ? throw KinesisErrors.Invalid($"Shard {shard.Id} in stream {stream.Name} under account {stream.Key.Account} is closed.")
            : shard;
    }

    public Resharding Split(int number, UInt128 at)
    {
        var parent = Close(number);
        Add(parent.Range with { End = at - 1 }, number, null);
        Add(parent.Range with { Start = at }, number, null);
        return this;
    }

    public Resharding Merge(int first, int second)
    {
        var (one, other) = (Close(first).Range, Close(second).Range);
        Add(new(UInt128.Min(one.Start, other.Start), UInt128.Max(one.End, other.End)), first, second);
        return this;
    }

    /// <summary>Splits and merges neighbours until the stream has a number of equal shards.</summary>
    public Resharding Uniform(int count)
    {
        var targets = HashKeyRange.Uniform(count);
        foreach (var target in targets)
        {
            var inside = Open.First(shard => shard.Range.Contains(target.Start));
            if (inside.Range.Start != target.Start)
                Split(inside.Number, target.Start);
        }

        foreach (var target in targets)
        {
            while (Open.Where(shard => target.Contains(shard.Range.Start)).Take(2).ToList() is [var left, var right])
                Merge(left.Number, right.Number);
        }

        return this;
    }

    public void Commit()
    {
        try
        {
            stream.Change(stream.State with { Shards = [.. _shards.Values], NextShard = _next });
        }
        catch (IOException)
        {
            _closed.ForEach(shard => shard.Reopen());
            throw;
        }
    }

    private ShardState Close(int number)
    {
        var running = stream.FindShard(number);
        if (running is not null)
            _closed.Add(running);
        // A shard that exists only within this series has got no record.
        return _shards[number] = _shards[number] with { EndIndex = running?.Close() ?? 0, ClosedAt = now };
    }

    private void Add(HashKeyRange range, int parent, int? adjacent)
    {
        _shards.Add(_next, new ShardState(_next, range.Start.Text(), range.End.Text(), now, parent, adjacent));
        _next++;
    }
}

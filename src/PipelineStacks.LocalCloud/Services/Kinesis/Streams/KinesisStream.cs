using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>A stream at work. Its state is an immutable record that a change replaces; readers take what they find.</summary>
internal sealed class KinesisStream : IDisposable
{
    private readonly StateCollection<StreamState> _states;
    private readonly Func<StreamState, ShardState, string> _folder;
    private readonly bool _limits;
    private volatile View _view;

    public KinesisStream(
        ResourceKey key, StreamState state, StateCollection<StreamState> states, Func<StreamState, ShardState, string> folder, bool limits)
    {
        Key = key;
        Arn = $"arn:aws:kinesis:{key.Region}:{key.Account}:stream/{key.Name}";
        (_states, _folder, _limits) = (states, folder, limits);
        _view = MakeView(state, new Dictionary<int, Shard>());
    }

    public ResourceKey Key { get; }

    public string Name => Key.Name;

    public string Arn { get; }

    public StreamState State => _view.State;

    /// <summary>Held while the stream's state is read and replaced.</summary>
    public Lock Changing { get; } = new();

    public StreamMetrics Metrics { get; } = new();

    public MinuteTraffic Traffic { get; } = new();

    public IEnumerable<Shard> Shards => _view.ByNumber.Values;

    /// <summary>Set when the stream was deleted while a call still held it.</summary>
    public bool Deleted { get; private set; }

    /// <summary>The open shard that takes a hash key.</summary>
    public Shard ShardFor(UInt128 hash)
    {
        var open = _view.Open;
        var (low, high) = (0, open.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (open[middle].Range.Start <= hash)
                low = middle;
            else
                high = middle - 1;
        }

        return open[low];
    }

    public Shard? FindShard(int number) => _view.ByNumber.GetValueOrDefault(number);

    /// <summary>The shards that clients see: open ones, and closed ones until the retention has taken their last record.</summary>
    public IEnumerable<ShardState> VisibleShards(DateTimeOffset now)
    {
        var state = State;
        return state.Shards.Where(shard => shard.ClosedAt is not { } closed || closed + state.Retention > now);
    }

    /// <exception cref="Calls.ServiceException"><c>ResourceNotFoundException</c>.</exception>
    public Shard RequireShard(string id, DateTimeOffset now)
    {
        var number = ShardState.NumberIn(id) ?? throw KinesisErrors.ShardNotFound(id, Name, Key.Account);
        return VisibleShards(now).Any(shard => shard.Number == number) && FindShard(number) is { } found
            ? found
            : throw KinesisErrors.NotFound($"Shard {ShardState.IdOf(number)} in stream {Name} under account {Key.Account} does not exist");
    }

    /// <summary>Writes a new state down and works by it from then on. Under <see cref="Changing"/>.</summary>
    public void Change(StreamState state)
    {
        _states.Put(Key, state);
        var view = _view = MakeView(state, _view.ByNumber);
        // After the view: who finds a shard at its end finds its children, too.
        foreach (var shard in state.Shards)
            view.ByNumber[shard.Number].EndIndex = shard.EndIndex;
    }

    /// <summary>Deletes the files of what has left the retention, and forgets the closed shards that it has emptied.</summary>
    public void Sweep(DateTimeOffset now)
    {
        lock (Changing)
        {
            var (state, view) = (State, _view);
            foreach (var shard in view.ByNumber.Values)
                shard.Log.DeleteBefore((now - state.Retention).ToUnixTimeMilliseconds());
            var visible = VisibleShards(now).ToList();
            if (visible.Count == state.Shards.Count)
                return;
            Change(state with { Shards = visible });
            foreach (var gone in state.Shards.Except(visible))
                Directory.Delete(_folder(state, gone), recursive: true);
        }
    }

    /// <summary>
    /// Takes no more records, for good. The files stay open for who still reads them and are closed when the last reference
    /// is gone.
    /// </summary>
    public void Delete()
    {
        lock (Changing)
        {
            Deleted = true;
            foreach (var shard in Shards)
                shard.Close();
        }
    }

    public void Dispose()
    {
        foreach (var shard in Shards)
            shard.Dispose();
    }

    private View MakeView(StreamState state, Dictionary<int, Shard> known)
    {
        var shards = state.Shards.ToDictionary(
            shard => shard.Number,
            shard => known.TryGetValue(shard.Number, out var running) ? running : new Shard(shard, () => _folder(state, shard), _limits));
        return new View(state, shards, [.. state.OpenShards.Select(shard => shards[shard.Number]).OrderBy(shard => shard.Range.Start)]);
    }

    private sealed record View(StreamState State, Dictionary<int, Shard> ByNumber, Shard[] Open);
}

using PipelineStacks.LocalCloud.Services.Kinesis.Log;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>A shard at work: its log, opened when it is first used, and what is left of its limits.</summary>
internal sealed class Shard : IDisposable
{
    private readonly Lazy<ShardLog> _log;
    private readonly Lock _appending = new();
    private bool _closed;

    public Shard(ShardState state, Func<string> folder, bool limits)
    {
        Number = state.Number;
        Id = state.Id;
        Range = state.Range;
        Sequence = new SequenceNumbers(state.Created, state.Number);
        Limits = new ShardLimits(limits);
        TrimmedBefore = state.TrimmedBefore;
        EndIndex = state.EndIndex;
        _closed = state.Closed;
        _log = new Lazy<ShardLog>(() => new ShardLog(folder()));
    }

    public int Number { get; }

    public string Id { get; }

    public HashKeyRange Range { get; }

    public SequenceNumbers Sequence { get; }

    public ShardLimits Limits { get; }

    public ShardLog Log => _log.Value;

    /// <summary>The first index that retention has not taken for good.</summary>
    public long TrimmedBefore { get; private set; }

    /// <summary>How many records a closed shard got; null while it is open or its children can't be seen yet.</summary>
    public long? EndIndex { get; set; }

    /// <summary>Runs an append while no other runs and the shard can't be closed.</summary>
    /// <returns>False for a closed shard: the record belongs to one of its children.</returns>
    public bool TryAppend<T>(Action<Shard, T> append, T argument) where T : allows ref struct
    {
        lock (_appending)
        {
            if (_closed)
                return false;
            append(this, argument);
            return true;
        }
    }

    /// <summary>Ends the shard.</summary>
    /// <returns>How many records it got.</returns>
    public long Close()
    {
        lock (_appending)
        {
            _closed = true;
            return Log.NextIndex;
        }
    }

    /// <summary>Opens a shard again whose closing could not be written down.</summary>
    public void Reopen()
    {
        lock (_appending)
            _closed = false;
    }

    /// <summary>The index of the oldest record within the retention.</summary>
    public long TrimHorizon(DateTimeOffset cutoff) => Math.Max(TrimmedBefore, Log.IndexAt(cutoff.ToUnixTimeMilliseconds()));

    /// <summary>Lets go for good of what came in before a time.</summary>
    public long Trim(DateTimeOffset cutoff)
    {
        TrimmedBefore = TrimHorizon(cutoff);
        Log.DeleteBefore(cutoff.ToUnixTimeMilliseconds());
        return TrimmedBefore;
    }

    public void Dispose()
    {
        if (_log.IsValueCreated)
            Log.Dispose();
    }
}

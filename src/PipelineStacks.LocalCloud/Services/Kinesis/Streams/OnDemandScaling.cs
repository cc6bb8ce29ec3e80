namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>
/// Gives on-demand streams more shards as their traffic grows. They begin with four, for 4 MB/s and 4,000 records a second; at
/// the end of a minute whose rate was above half of what the shards carry, they get as many as carry twice that rate, at most
/// once in 15 minutes. AWS documents the doubling and the 15 minutes, and not how it splits; here all shards become equal.
/// Capacity is not taken back.
/// </summary>
internal sealed class OnDemandScaling(StreamStore streams, LocalCloudOptions options)
{
    /// <summary>What an on-demand stream can grow to by default: 200 MB/s.</summary>
    public const int MaxShards = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>Counts what a stream took in.</summary>
    public void Note(KinesisStream stream, long records, long bytes)
    {
        if (!options.Limits || !stream.State.IsOnDemand)
            return;
        var now = streams.Clock.GetUtcNow();
        if (stream.Traffic.Add(now, records, bytes) is not { } minute)
            return;
        var needed = (int)Math.Min(MaxShards, Math.Max(
            Math.Ceiling(2.0 * minute.Records / 60 / ShardLimits.WriteRecords), Math.Ceiling(2.0 * minute.Bytes / 60 / ShardLimits.WriteBytes)));
        lock (stream.Changing)
        {
            var state = stream.State;
            if (needed > state.OpenShards.Count() && state.IsOnDemand && now - state.Shards.Max(shard => shard.Created) >= Pause)
                new Resharding(stream, now).Uniform(needed).Commit();
        }
    }
}

/// <summary>A stream's traffic, minute by minute.</summary>
internal sealed class MinuteTraffic
{
    private readonly Lock _lock = new();
    private long _minute;
    private long _records;
    private long _bytes;

    /// <returns>The traffic of the minute before, when a new one begins.</returns>
    public (long Records, long Bytes)? Add(DateTimeOffset at, long records, long bytes)
    {
        lock (_lock)
        {
            var minute = at.ToUnixTimeSeconds() / 60;
            (long, long)? ended = null;
            if (minute != _minute)
            {
                ended = (_records, _bytes);
                (_minute, _records, _bytes) = (minute, 0, 0);
            }

            _records += records;
            _bytes += bytes;
            return ended;
        }
    }
}

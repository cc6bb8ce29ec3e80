using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kinesis;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>
/// Reads a data stream as the source's role, each shard once a second, and follows splits and merges: a shard's children are read
/// when the shard is read to its end. The positions are kept by the buffer, with the records they belong to.
/// </summary>
internal sealed class StreamSource(DeliveryServices services, DeliveryStream stream, Action<SourceBatch> append, Func<Dictionary<string, long>> positions)
{
    /// <summary>The position in a shard that was read to its end.</summary>
    private const long Finished = long.MaxValue;

    private const int UnlimitedRecords = 100_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(16);

    private readonly FirehoseMetrics _metrics = services.MetricsOf(stream);
    private readonly Dictionary<string, Backoff> _throttled = new(StringComparer.Ordinal);
    private bool _follow = true;

    private Call Call => services.Callers.ForRole(stream.Source!.RoleARN, stream.Region, stream.Name);

    private string Arn => stream.Source!.KinesisStreamARN;

    /// <summary>Where a new delivery stream begins: after what is in the stream already.</summary>
    public static Dictionary<string, long> Latest(IStreamReader streams, Call call, string arn) =>
        streams.ListShards(call, arn).ToDictionary(
            shard => shard.ShardId, shard => shard.Closed ? Finished : streams.Latest(call, arn, shard.ShardId), StringComparer.Ordinal);

    /// <summary>Reads every open shard once.</summary>
    public void Read()
    {
        var behind = 0L;
        var known = positions();
        if (_follow)
            Follow(known);
        foreach (var (shard, position) in known)
        {
            if (position == Finished || (_throttled.TryGetValue(shard, out var backoff) && backoff.Until > services.Clock.GetUtcNow()))
                continue;
            behind = Math.Max(behind, Read(shard, position));
        }

        _metrics.Put("KinesisMillisBehindLatest", behind, "Milliseconds");
    }

    private long Read(string shard, long position)
    {
        ShardBatch batch;
        try
        {
            batch = services.Limits
                ? services.Streams.Read(Call, Arn, shard, position)
                : services.Streams.Read(Call, Arn, shard, position, UnlimitedRecords);
            _throttled.Remove(shard);
        }
        catch (ServiceException error) when (error.Code == "ResourceNotFoundException")
        {
            // The shard has outlived its retention while nobody read it, or the stream is gone: looking for shards tells which.
            _follow = true;
            throw;
        }
        catch (ServiceException error) when (error.Code == "ProvisionedThroughputExceededException")
        {
            _metrics.Count("ThrottledGetRecords", 1);
            var wait = _throttled.TryGetValue(shard, out var last) ? last.Wait * 2 : TimeSpan.FromSeconds(1);
            wait = wait > Longest ? Longest : wait;
            _throttled[shard] = new(wait, services.Clock.GetUtcNow() + wait);
            return 0;
        }

        if (batch.Records.Count > 0)
        {
            var records = new SourceRecord[batch.Records.Count];
            var bytes = 0L;
            for (var i = 0; i < records.Length; i++)
            {
                var record = batch.Records[i];
                records[i] = new(record.ApproximateArrival, record.SequenceNumber, record.Data);
                bytes += record.Data.Length;
            }

            append(new(records, shard, batch.Next));
            _metrics.Flow("DataReadFromKinesisStream", records.Length, bytes);
        }

        if (batch.AtEnd)
        {
            append(new([], shard, Finished));
            _follow = true;
        }

        return batch.MillisBehindLatest;
    }

    // Shards that are not known came into being later than the delivery stream: everything in them is to be delivered.
    private void Follow(Dictionary<string, long> known)
    {
        var shards = services.Streams.ListShards(Call, Arn);
        var visible = shards.Select(shard => shard.ShardId).ToHashSet(StringComparer.Ordinal);
        foreach (var expired in known.Where(shard => shard.Value != Finished && !visible.Contains(shard.Key)).Select(shard => shard.Key).ToList())
        {
            append(new([], expired, Finished));
            known[expired] = Finished;
        }

        foreach (var shard in shards)
        {
            if (!known.ContainsKey(shard.ShardId) && Done(shard.ParentShardId) && Done(shard.AdjacentParentShardId))
            {
                // Saved at once: a shard without records yet would be forgotten.
                append(new([], shard.ShardId, 0));
                known[shard.ShardId] = 0;
            }
        }

        _follow = false;

        bool Done(string? parent) => parent is null || !visible.Contains(parent) || known.GetValueOrDefault(parent) == Finished;
    }

    private readonly record struct Backoff(TimeSpan Wait, DateTimeOffset Until);
}

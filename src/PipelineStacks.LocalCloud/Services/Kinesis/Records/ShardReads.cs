using PipelineStacks.LocalCloud.Services.Kinesis.Log;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <summary>Takes each record of a read in turn. What it is shown is valid only during the call.</summary>
internal interface IRecordSink
{
    void Take(Shard shard, in LogReader record);
}

/// <param name="Next">The index to read on from.</param>
/// <param name="AtEnd">The shard is closed and was read to its end.</param>
/// <param name="MillisBehindLatest">How old the next unread record is; 0 at the tip.</param>
internal readonly record struct ReadResult(long Next, bool AtEnd, long MillisBehindLatest);

/// <summary>Reads a shard within its limits and the stream's retention, for GetRecords and for the services inside.</summary>
internal sealed class ShardReads(TimeProvider time, MetricsFlush metrics)
{
    public const int MaxRecords = 10_000;
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <exception cref="Calls.ServiceException"><c>ProvisionedThroughputExceededException</c>.</exception>
    public ReadResult Read<TSink>(KinesisStream stream, Shard shard, long index, int maxRecords, int maxBytes, ref TSink sink)
        where TSink : IRecordSink, allows ref struct
    {
        var now = time.GetUtcNow();
        if (!shard.Limits.TryRead(now))
        {
            metrics.Add(stream, new StreamMetrics.Counts { GetCalls = 1, ReadThrottled = 1 });
            throw KinesisErrors.ShardThrottled(shard.Id, stream.Name, stream.Key.Account);
        }

        index = Math.Max(index, shard.TrimHorizon(now - stream.State.Retention));
        var (records, bytes, behind) = (0, 0L, 0L);
        using (var reader = new LogReader(shard.Log, index))
        {
            while (reader.MoveNext())
            {
                var size = reader.Header.DataLength + reader.Header.KeyLength;
                if (records == maxRecords || (records > 0 && bytes + size > maxBytes))
                {
                    behind = Math.Max(0, now.ToUnixTimeMilliseconds() - reader.Header.Arrival);
                    break;
                }

                sink.Take(shard, reader);
                index = reader.Index + 1;
                bytes += size;
                records++;
            }
        }

        shard.Limits.HasRead(bytes);
        metrics.Add(stream, new StreamMetrics.Counts
        {
            GetCalls = 1,
            GetSuccesses = 1,
            GetRecords = records,
            GetBytes = bytes,
            IteratorAge = behind,
        });
        return new ReadResult(index, shard.EndIndex is { } end && index >= end, behind);
    }
}

using System.Buffers.Text;
using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <inheritdoc cref="IStreamWriter"/>
internal sealed class ShardStreamWriter(StreamStore streams, RecordWriter writer, MetricsFlush metrics, OnDemandScaling scaling) : IStreamWriter
{
    private const int MaxKey = 256;

    public IReadOnlyList<ServiceException?> Put(Call call, string streamName, IReadOnlyList<(string PartitionKey, ReadOnlyMemory<byte> Data)> records)
    {
        var stream = streams.Get(call, "kinesis:PutRecord", streamName, null);
        var results = new ServiceException?[records.Count];
        var (entries, places) = (new List<PutEntry>(records.Count), new List<int>(records.Count));
        for (var i = 0; i < records.Count; i++)
        {
            results[i] = Problem(stream, records[i].PartitionKey, records[i].Data.Length);
            if (results[i] is not null)
                continue;
            entries.Add(Entry(records[i].PartitionKey, records[i].Data));
            places.Add(i);
        }

        PutEntry[] put = [.. entries];
        writer.Write(stream, put);
        var counts = new StreamMetrics.Counts();
        for (var i = 0; i < put.Length; i++)
        {
            results[places[i]] = Outcome(stream, put[i]);
            Count(ref counts, put[i]);
        }

        metrics.Add(stream, counts);
        scaling.Note(stream, counts.IncomingRecords, counts.IncomingBytes);
        return results;
    }

    private static PutEntry Entry(string partitionKey, ReadOnlyMemory<byte> data)
    {
        var base64 = new byte[Base64.GetMaxEncodedToUtf8Length(data.Length)];
        Base64.EncodeToUtf8(data.Span, base64, out _, out var length);
        var key = Encoding.UTF8.GetBytes(partitionKey);
        return new PutEntry { Base64 = base64.AsMemory(0, length), Key = key, HasKey = true, DataLength = data.Length, Hash = HashKeys.Of(key) };
    }

    private static ServiceException? Problem(KinesisStream stream, string key, int length)
    {
        if (key.Length is 0 or > MaxKey)
            return ServiceException.Validation("partitionKey", key, key.Length == 0
                ? "Member must have length greater than or equal to 1" : $"Member must have length less than or equal to {MaxKey}");
        return length > stream.State.MaxRecordBytes
            ? ServiceException.Validation("data", $"[{length} bytes]", $"Member must have length less than or equal to {stream.State.MaxRecordBytes}")
            : null;
    }

    private static ServiceException? Outcome(KinesisStream stream, in PutEntry entry) => entry.Outcome switch
    {
        PutOutcome.Stored => null,
        PutOutcome.Throttled => KinesisErrors.ShardThrottled(entry.Shard!.Id, stream.Name, stream.Key.Account),
        _ => new ServiceException(KinesisErrors.InternalFailure, KinesisErrors.NotWritten, 500),
    };

    private static void Count(ref StreamMetrics.Counts counts, in PutEntry entry)
    {
        counts.PutRecordCalls++;
        counts.PutRecordBytes += entry.Size;
        if (entry.Outcome == PutOutcome.Throttled)
            counts.WriteThrottled++;
        if (entry.Outcome != PutOutcome.Stored)
            return;
        counts.PutRecordSuccesses++;
        counts.IncomingRecords++;
        counts.IncomingBytes += entry.Size;
    }
}

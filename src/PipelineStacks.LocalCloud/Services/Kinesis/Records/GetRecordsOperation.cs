using System.Buffers;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Log;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <summary><see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html"/></summary>
internal sealed class GetRecordsOperation(StreamStore streams, ShardIterators iterators, ShardReads reads, TimeProvider time) : IOperation
{
    public ValueTask InvokeAsync(Call call, ReadOnlyMemory<byte> request, IBufferWriter<byte> response)
    {
        var get = GetRecordsRequest.Parse(request);
        new Validation()
            .Required("shardIterator", get.ShardIterator)
            .Length("shardIterator", get.ShardIterator, 1, 512)
            .Range("limit", get.Limit, 1, ShardReads.MaxRecords)
            .Throw();
        var position = iterators.Read(get.ShardIterator!);
        var (stream, shard) = Find(call, position, get.StreamARN);

        using var writer = new Utf8JsonWriter(response, PutAnswer.Options);
        writer.WriteStartObject();
        writer.WriteStartArray("Records"u8);
        var sink = new JsonSink(writer);
        var read = reads.Read(stream, shard, position.Index, get.Limit ?? ShardReads.MaxRecords, ShardReads.MaxBytes, ref sink);
        writer.WriteEndArray();
        if (!read.AtEnd)
            writer.WriteString("NextShardIterator"u8, iterators.Make(stream, shard, read.Next));
        writer.WriteNumber("MillisBehindLatest"u8, read.MillisBehindLatest);
        if (read.AtEnd)
            WriteChildren(writer, stream, shard);
        writer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    private (KinesisStream Stream, Shard Shard) Find(Call call, ShardPosition position, string? streamArn)
    {
        var id = position.Stream.ToString("N");
        var stream = streams.FindById(id);
        call.Authorize("kinesis:GetRecords", stream?.Arn ?? streamArn ?? "*");
        if (stream is null)
            throw KinesisErrors.NotFound("The stream of the shard iterator no longer exists.");
        if (streamArn is not null && StreamNames.FromArn(streamArn) != stream.Key)
            throw KinesisErrors.Invalid($"The shard iterator is not one of the stream {streamArn}.");
        return (stream, stream.RequireShard(ShardState.IdOf(position.Shard), time.GetUtcNow()));
    }

    private static void WriteChildren(Utf8JsonWriter writer, KinesisStream stream, Shard shard)
    {
        writer.WriteStartArray("ChildShards"u8);
        foreach (var child in stream.State.Shards.Where(child => child.Parent == shard.Number || child.AdjacentParent == shard.Number))
        {
            writer.WriteStartObject();
            writer.WriteString("ShardId"u8, child.Id);
            writer.WriteStartArray("ParentShards"u8);
            foreach (var parent in new[] { child.Parent, child.AdjacentParent })
            {
                if (parent is { } number)
                    writer.WriteStringValue(ShardState.IdOf(number));
            }

            writer.WriteEndArray();
            writer.WriteStartObject("HashKeyRange"u8);
            writer.WriteString("StartingHashKey"u8, child.StartHash);
            writer.WriteString("EndingHashKey"u8, child.EndHash);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private readonly ref struct JsonSink(Utf8JsonWriter writer) : IRecordSink
    {
        public void Take(Shard shard, in LogReader record)
        {
            Span<byte> number = stackalloc byte[SequenceNumbers.Length];
            shard.Sequence.Write(record.Index, number);
            writer.WriteStartObject();
            writer.WriteString("SequenceNumber"u8, number);
            writer.WriteNumber("ApproximateArrivalTimestamp"u8, record.Header.Arrival / 1000m);
            writer.WriteBase64String("Data"u8, record.Data);
            writer.WriteString("PartitionKey"u8, record.Key);
            if (record.Header.Flags.HasFlag(RecordFlags.Encrypted))
                writer.WriteString("EncryptionType"u8, "KMS"u8);
            writer.WriteEndObject();
        }
    }
}

using System.Buffers;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <summary><see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html"/></summary>
internal sealed class PutRecordOperation(StreamStore streams, RecordWriter records, MetricsFlush metrics, OnDemandScaling scaling) : IOperation
{
    public ValueTask InvokeAsync(Call call, ReadOnlyMemory<byte> request, IBufferWriter<byte> response)
    {
        using var put = new PutRequest(request, batch: false);
        put.Read();
        put.Validate();
        var stream = streams.Get(call, "kinesis:PutRecord", put.StreamName, put.StreamArn);
        put.ValidateSizes(stream.State.MaxRecordBytes);
        if (put.SequenceNumberForOrdering is { } previous && !SequenceNumbers.IsPlausible(previous))
            throw KinesisErrors.Invalid(
                $"ExclusiveMinimumSequenceNumber {previous} used in PutRecord on stream {stream.Name} under account {stream.Key.Account} is invalid.");
        records.Write(stream, put.Entries);
        ref readonly var entry = ref put.Entries[0];
        Count(stream, entry);
        if (entry.Outcome == PutOutcome.Throttled)
            throw KinesisErrors.ShardThrottled(entry.Shard!.Id, stream.Name, stream.Key.Account);
        if (entry.Outcome == PutOutcome.Failed)
            throw new ServiceException(KinesisErrors.InternalFailure, KinesisErrors.NotWritten, 500);

        using var writer = new Utf8JsonWriter(response, PutAnswer.Options);
        PutAnswer.Write(writer, entry, encrypted: stream.State.KeyId is not null);
        return ValueTask.CompletedTask;
    }

    private void Count(KinesisStream stream, in PutEntry entry)
    {
        var stored = entry.Outcome == PutOutcome.Stored;
        scaling.Note(stream, stored ? 1 : 0, stored ? entry.Size : 0);
        metrics.Add(stream, new StreamMetrics.Counts
        {
            PutRecordCalls = 1,
            PutRecordSuccesses = stored ? 1 : 0,
            PutRecordBytes = entry.Size,
            IncomingRecords = stored ? 1 : 0,
            IncomingBytes = stored ? entry.Size : 0,
            WriteThrottled = entry.Outcome == PutOutcome.Throttled ? 1 : 0,
        });
    }
}

/// <summary><see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html"/></summary>
internal sealed class PutRecordsOperation(StreamStore streams, RecordWriter records, MetricsFlush metrics, OnDemandScaling scaling) : IOperation
{
    public ValueTask InvokeAsync(Call call, ReadOnlyMemory<byte> request, IBufferWriter<byte> response)
    {
        using var put = new PutRequest(request, batch: true);
        put.Read();
        put.Validate();
        var stream = streams.Get(call, "kinesis:PutRecords", put.StreamName, put.StreamArn);
        put.ValidateSizes(stream.State.MaxRecordBytes);
        records.Write(stream, put.Entries);
        var counts = Count(put.Entries);
        metrics.Add(stream, counts);
        scaling.Note(stream, counts.IncomingRecords, counts.IncomingBytes);

        using var writer = new Utf8JsonWriter(response, PutAnswer.Options);
        writer.WriteStartObject();
        writer.WriteNumber("FailedRecordCount"u8, counts.Failed + counts.Throttled);
        writer.WriteStartArray("Records"u8);
        foreach (ref readonly var entry in put.Entries)
        {
            if (entry.Outcome == PutOutcome.Stored)
                PutAnswer.Write(writer, entry, encrypted: false);
            else
                WriteError(writer, stream, entry);
        }

        writer.WriteEndArray();
        if (stream.State.KeyId is not null)
            writer.WriteString("EncryptionType"u8, "KMS"u8);
        writer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    private static void WriteError(Utf8JsonWriter writer, KinesisStream stream, in PutEntry entry)
    {
        var throttled = entry.Outcome == PutOutcome.Throttled;
        writer.WriteStartObject();
        writer.WriteString("ErrorCode"u8, throttled ? KinesisErrors.ThroughputExceeded : KinesisErrors.InternalFailure);
        writer.WriteString("ErrorMessage"u8, throttled
            ? KinesisErrors.RateExceeded(entry.Shard!.Id, stream.Name, stream.Key.Account)
            : KinesisErrors.NotWritten);
        writer.WriteEndObject();
    }

    private static StreamMetrics.Counts Count(ReadOnlySpan<PutEntry> entries)
    {
        var counts = new StreamMetrics.Counts { PutRecordsCalls = 1, Total = entries.Length };
        foreach (ref readonly var entry in entries)
        {
            counts.PutRecordsBytes += entry.Size;
            switch (entry.Outcome)
            {
                case PutOutcome.Stored:
                    counts.IncomingBytes += entry.Size;
                    counts.Successful++;
                    break;
                case PutOutcome.Throttled:
                    counts.Throttled++;
                    break;
                default:
                    counts.Failed++;
                    break;
            }
        }

        counts.IncomingRecords = counts.Successful;
        counts.WriteThrottled = counts.Throttled;
        // By AWS's definition a call succeeds when at least one of its records does.
        counts.PutRecordsSuccesses = counts.Successful > 0 ? 1 : 0;
        return counts;
    }
}

/// <summary>What both operations say of a stored record.</summary>
internal static class PutAnswer
{
    public static readonly JsonWriterOptions Options = new()
    {
        SkipValidation = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Utf8JsonWriter writer, in PutEntry entry, bool encrypted)
    {
        Span<byte> number = stackalloc byte[SequenceNumbers.Length];
        entry.Shard!.Sequence.Write(entry.Index, number);
        writer.WriteStartObject();
        writer.WriteString("ShardId"u8, entry.Shard.Id);
        writer.WriteString("SequenceNumber"u8, number);
        if (encrypted)
            writer.WriteString("EncryptionType"u8, "KMS"u8);
        writer.WriteEndObject();
    }
}

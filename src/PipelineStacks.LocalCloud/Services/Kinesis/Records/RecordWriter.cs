using System.Buffers;
using System.Buffers.Text;
using PipelineStacks.LocalCloud.Services.Kinesis.Log;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <summary>Puts records into the shards of a stream, each shard's in one write.</summary>
internal sealed class RecordWriter(TimeProvider time)
{
    /// <summary>
    /// Stores what the limits allow, in order within each shard, and marks every entry with what became of it.
    /// What is marked as stored survives the death of the process.
    /// </summary>
    public void Write(KinesisStream stream, Span<PutEntry> entries)
    {
        foreach (ref var entry in entries)
            entry.Shard = stream.ShardFor(entry.Hash);
        for (var first = 0; first < entries.Length; first++)
        {
            // Each pass takes all of one shard's; a shard that was closed meanwhile hands its records to its children.
            while (entries[first].Outcome == PutOutcome.Pending)
            {
                var shard = entries[first].Shard!;
                if (shard.TryAppend(Append, new Pending(time.GetUtcNow(), stream.State, entries[first..])))
                    break;
                Reroute(stream, entries[first..]);
            }
        }
    }

    private static void Reroute(KinesisStream stream, Span<PutEntry> entries)
    {
        // The lock waits for the resharding that closed the shard to show its children.
        lock (stream.Changing)
        {
            if (stream.Deleted)
                throw KinesisErrors.StreamNotFound(stream.Name, stream.Key.Account);
            foreach (ref var entry in entries)
            {
                if (entry.Outcome == PutOutcome.Pending)
                    entry.Shard = stream.ShardFor(entry.Hash);
            }
        }
    }

    private static void Append(Shard shard, Pending pending)
    {
        var now = pending.Now;
        var size = 0;
        foreach (ref var entry in pending.Entries)
        {
            if (entry.Shard != shard || entry.Outcome != PutOutcome.Pending)
                continue;
            if (shard.Limits.TryWrite(entry.Size, now))
                size += RecordFormat.SizeOf(entry.DataLength, entry.Key.Length);
            else
                entry.Outcome = PutOutcome.Throttled;
        }

        if (size == 0)
            return;
        // Arrivals never decrease in a shard, whatever the system's clock does: times are searched for in order.
        var arrival = Math.Max(now.ToUnixTimeMilliseconds(), shard.Log.LastArrival);
        var flags = pending.State.KeyId is null ? RecordFlags.None : RecordFlags.Encrypted;
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var at = 0;
            foreach (ref readonly var entry in pending.Entries)
            {
                if (entry.Shard == shard && entry.Outcome == PutOutcome.Pending)
                    at += Encode(entry, buffer.AsSpan(at), arrival, flags);
            }

            Settle(shard, pending.Entries, buffer.AsSpan(0, size));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Encode(in PutEntry entry, Span<byte> record, long arrival, RecordFlags flags)
    {
        Base64.DecodeFromUtf8(entry.Base64.Span, record[RecordFormat.HeaderSize..], out _, out var length);
        entry.Key.Span.CopyTo(record[(RecordFormat.HeaderSize + length)..]);
        RecordFormat.WriteHeader(record, length, entry.Key.Length, arrival, flags);
        return RecordFormat.SizeOf(length, entry.Key.Length);
    }

    private static void Settle(Shard shard, Span<PutEntry> entries, ReadOnlySpan<byte> records)
    {
        var outcome = PutOutcome.Stored;
        long index = 0;
        try
        {
            index = shard.Log.Append(records);
        }
        catch (IOException)
        {
            // The disk is full or failing: AWS's word for it is InternalFailure, and clients try again.
            outcome = PutOutcome.Failed;
        }

        foreach (ref var entry in entries)
        {
            if (entry.Shard != shard || entry.Outcome != PutOutcome.Pending)
                continue;
            entry.Outcome = outcome;
            entry.Index = index++;
        }
    }

    private readonly ref struct Pending(DateTimeOffset now, StreamState state, Span<PutEntry> entries)
    {
        public DateTimeOffset Now { get; } = now;

        public StreamState State { get; } = state;

        public Span<PutEntry> Entries { get; } = entries;
    }
}

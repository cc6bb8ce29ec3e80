using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>Records that producers put directly.</summary>
internal sealed class DeliveryRecords(DeliveryStreamStore store, TimeProvider time)
{
    private const int MaxRecord = 1000 * 1024;
    private const int MaxRecords = 500;
    private const int MaxBatch = 4 * 1024 * 1024;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public PutRecordResponse Put(Call call, PutRecordRequest request)
    {
        call.Authorize("firehose:PutRecord", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        var stream = Direct(call, request.DeliveryStreamName);
        CheckSize(request.Record.Data, "record.data");
        store.WorkerOf(stream).Put([new(time.GetUtcNow(), "", request.Record.Data)]);
        return new(NewId(), stream.Encryption is not null);
    }

    public PutRecordBatchResponse PutBatch(Call call, PutRecordBatchRequest request)
    {
        call.Authorize("firehose:PutRecordBatch", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        var stream = Direct(call, request.DeliveryStreamName);
        var records = request.Records;
        if (records.Count is 0 or > MaxRecords)
        {
            throw ServiceException.Validation("records", $"[{records.Count} records]", records.Count == 0
                ? "Member must have length greater than or equal to 1" : $"Member must have length less than or equal to {MaxRecords}");
        }

        for (var i = 0; i < records.Count; i++)
            CheckSize(records[i].Data, $"records.{i + 1}.member.data");
        if (records.Sum(record => (long)record.Data.Length) > MaxBatch)
            throw FirehoseErrors.Invalid($"Records size exceeds {MaxBatch / 1024 / 1024} MB limit");
        var now = time.GetUtcNow();
        // The buffer takes a batch as a whole: there is no partial failure here, but the answer has its shape.
        store.WorkerOf(stream).Put([.. records.Select(record => new SourceRecord(now, "", record.Data))]);
        return new(0, stream.Encryption is not null, [.. records.Select(_ => new PutRecordBatchEntry(NewId()))]);
    }

    /// <summary>What many PutRecord do, for producers inside the cloud such as IoT rules: one write for all of them.</summary>
    public void PutEach(Call call, string deliveryStreamName, IReadOnlyList<byte[]> records)
    {
        call.Authorize("firehose:PutRecord", DeliveryStreamStore.ArnOf(call, deliveryStreamName));
        var stream = Direct(call, deliveryStreamName);
        foreach (var record in records)
            CheckSize(record, "record.data");
        var now = time.GetUtcNow();
        store.WorkerOf(stream).Put([.. records.Select(record => new SourceRecord(now, "", record))]);
    }

    // A record of the service's has an id of 224 characters.
    private static string NewId() => RandomNumberGenerator.GetString(Alphabet, 224);

    private static void CheckSize(byte[] data, string member)
    {
        if (data.Length > MaxRecord)
            throw ServiceException.Validation(member, $"[{data.Length} bytes]", $"Member must have length less than or equal to {MaxRecord}");
    }

    private DeliveryStream Direct(Call call, string name)
    {
        var stream = store.Get(call, name);
        return stream.Source is null ? stream : throw FirehoseErrors.Invalid(
            "This operation is not permitted on KinesisStreamAsSource delivery stream type.");
    }
}

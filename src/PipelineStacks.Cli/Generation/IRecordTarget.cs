using PipelineStacks.Aws;
using PipelineStacks.Aws.Firehose;
using PipelineStacks.Aws.Kinesis;

namespace PipelineStacks.Cli.Generation;

/// <summary>Where records go.</summary>
internal interface IRecordTarget
{
    int MaxRecords { get; }

    int MaxBytes { get; }

    /// <summary>Whether only full batches, and the last one, are worth sending, however slowly the records come.</summary>
    bool WaitsForFullBatches => false;

    /// <returns>The records that were not taken.</returns>
    Task<IReadOnlyList<RecordFailure>> PutAsync(ReadOnlyMemory<PutRecordsEntry> records, CancellationToken cancel);
}

/// <summary>A Kinesis data stream.</summary>
internal sealed class StreamTarget(KinesisClient kinesis, string streamName) : IRecordTarget
{
    public int MaxRecords => KinesisClient.MaxRecords;

    public int MaxBytes => KinesisClient.MaxBytes;

    public Task<IReadOnlyList<RecordFailure>> PutAsync(ReadOnlyMemory<PutRecordsEntry> records, CancellationToken cancel) =>
        kinesis.PutRecordsAsync(streamName, records, cancel);
}

/// <summary>A delivery stream that takes records directly.</summary>
internal sealed class DeliveryStreamTarget(FirehoseClient firehose, string deliveryStreamName) : IRecordTarget
{
    public int MaxRecords => FirehoseClient.MaxRecords;

    public int MaxBytes => FirehoseClient.MaxBytes;

    public Task<IReadOnlyList<RecordFailure>> PutAsync(ReadOnlyMemory<PutRecordsEntry> records, CancellationToken cancel) =>
        firehose.PutRecordBatchAsync(deliveryStreamName, records.ToArray().Select(record => record.Data), cancel);
}

/// <summary>Nowhere: to measure what the generator itself can do.</summary>
internal sealed class NoTarget : IRecordTarget
{
    public int MaxRecords => KinesisClient.MaxRecords;

    public int MaxBytes => KinesisClient.MaxBytes;

    public Task<IReadOnlyList<RecordFailure>> PutAsync(ReadOnlyMemory<PutRecordsEntry> records, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<RecordFailure>>([]);
}

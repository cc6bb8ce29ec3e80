namespace PipelineStacks.LocalCloud.Services.Firehose.Contracts;

internal sealed record PutRecordRequest(string DeliveryStreamName, Record Record);

internal sealed record PutRecordResponse(string RecordId, bool Encrypted);

internal sealed record PutRecordBatchRequest(string DeliveryStreamName, IReadOnlyList<Record> Records);

internal sealed record PutRecordBatchResponse(int FailedPutCount, bool Encrypted, IReadOnlyList<PutRecordBatchEntry> RequestResponses);

internal sealed record PutRecordBatchEntry(string? RecordId = null, string? ErrorCode = null, string? ErrorMessage = null);

internal sealed record Record(byte[] Data);

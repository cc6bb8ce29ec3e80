using System.Buffers;
using System.Text.Json;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.Firehose;

/// <summary>Amazon Data Firehose.</summary>
public sealed class FirehoseClient(AwsSettings settings) : IDisposable
{
    /// <summary>The most records that one <c>PutRecordBatch</c> takes.</summary>
    public const int MaxRecords = 500;

    /// <summary>The most bytes that one <c>PutRecordBatch</c> takes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private readonly AwsJsonClient _client = new(new ServiceDescription("Firehose", "firehose", "2015-08-04", "Firehose_20150804"), settings);

    /// <summary>Puts up to 500 records into a delivery stream that takes them directly.</summary>
    /// <returns>The records that were not taken; the caller sends those, and only those, again.</returns>
    public async Task<IReadOnlyList<RecordFailure>> PutRecordBatchAsync(
        string deliveryStreamName, IEnumerable<ReadOnlyMemory<byte>> records, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("DeliveryStreamName"u8, deliveryStreamName);
            json.WriteStartArray("Records"u8);
            foreach (var record in records)
            {
                json.WriteStartObject();
                json.WriteBase64String("Data"u8, record.Span);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var answer = await _client.CallAsync("PutRecordBatch", buffer.WrittenSpan.ToArray(), cancel);
        return RecordFailures.Read(answer, "FailedPutCount", "RequestResponses");
    }

    /// <summary>The delivery stream's state.</summary>
    public async Task<DeliveryStreamDescription> DescribeDeliveryStreamAsync(string deliveryStreamName, CancellationToken cancel) =>
        (await _client.CallAsync<DescribeDeliveryStreamInput, DescribeDeliveryStreamOutput>(
            "DescribeDeliveryStream", new(deliveryStreamName), cancel)).DeliveryStreamDescription;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}

using System.Buffers;
using System.Text.Json;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.Kinesis;

/// <summary>Amazon Kinesis Data Streams.</summary>
public sealed class KinesisClient(AwsSettings settings) : IDisposable
{
    /// <summary>The most records that one <c>PutRecords</c> takes.</summary>
    public const int MaxRecords = 500;

    /// <summary>The most bytes, keys included, that one <c>PutRecords</c> takes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private readonly AwsJsonClient _client = new(new ServiceDescription("Kinesis", "kinesis", "2013-12-02", "Kinesis_20131202"), settings);

    /// <summary>Puts up to 500 records.</summary>
    /// <returns>The records that were not taken; the caller sends those, and only those, again.</returns>
    public async Task<IReadOnlyList<RecordFailure>> PutRecordsAsync(
        string streamName, ReadOnlyMemory<PutRecordsEntry> records, CancellationToken cancel)
    {
        var answer = await _client.CallAsync("PutRecords", Serialize(streamName, records.Span), cancel);
        return RecordFailures.Read(answer, "FailedRecordCount", "Records");
    }

    /// <summary>The stream's state and size.</summary>
    public async Task<StreamDescriptionSummary> DescribeStreamSummaryAsync(string streamName, CancellationToken cancel) =>
        (await _client.CallAsync<StreamRequest, DescribeStreamSummaryOutput>("DescribeStreamSummary", new(streamName), cancel)).StreamDescriptionSummary;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static byte[] Serialize(string streamName, ReadOnlySpan<PutRecordsEntry> records)
    {
        var bytes = 256;
        foreach (var record in records)
            bytes += (record.Data.Length * 4 / 3) + record.PartitionKey.Length + 48;
        var buffer = new ArrayBufferWriter<byte>(bytes);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("StreamName"u8, streamName);
            json.WriteStartArray("Records"u8);
            foreach (var record in records)
            {
                json.WriteStartObject();
                json.WriteBase64String("Data"u8, record.Data.Span);
                json.WriteString("PartitionKey"u8, record.PartitionKey);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}

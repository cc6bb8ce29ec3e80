using System.Text.Encodings.Web;
using System.Text.Json;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>
/// Writes the records that could not be converted in Firehose's error format, a JSON object per line. The file is made with the first one:
/// <see href="https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html"/>.
/// </summary>
internal sealed class FailedRecords(string file, DataCatalogTable table, DateTimeOffset now) : IFailedRecords, IDisposable
{
    private readonly Lock _lock = new();
    private FileStream? _stream;
    private Utf8JsonWriter? _json;

    public long Records { get; private set; }

    public long Bytes { get; private set; }

    public void Add(SpooledRecord record, ConversionFailure failure)
    {
        lock (_lock)
        {
            _stream ??= new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024);
            _json ??= new(_stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            Write(_json, record, failure);
            _json.Flush();
            _json.Reset();
            _stream.WriteByte((byte)'\n');
            Records++;
            Bytes += record.Data.Length;
        }
    }

    public void Dispose()
    {
        _json?.Dispose();
        _stream?.Dispose();
    }

    private void Write(Utf8JsonWriter json, SpooledRecord record, ConversionFailure failure)
    {
        json.WriteStartObject();
        json.WriteNumber("attemptsMade", 1);
        json.WriteNumber("arrivalTimestamp", record.ArrivalMillis);
        json.WriteString("lastErrorCode", failure.Code);
        json.WriteString("lastErrorMessage", failure.Message);
        json.WriteNumber("attemptEndingTimestamp", now.ToUnixTimeMilliseconds());
        json.WriteBase64String("rawData", record.Data);
        if (record.SequenceNumber.IsEmpty)
            json.WriteNull("sequenceNumber");
        else
            json.WriteString("sequenceNumber", record.SequenceNumber);
        json.WriteNull("subSequenceNumber");
        json.WriteStartObject("dataCatalogTable");
        json.WriteString("catalogId", table.CatalogId);
        json.WriteString("databaseName", table.DatabaseName);
        json.WriteString("tableName", table.TableName);
        json.WriteString("region", table.Region);
        json.WriteString("versionId", table.VersionId);
        json.WriteString("catalogArn", table.CatalogArn);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

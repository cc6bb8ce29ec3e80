using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kinesis.Log;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <summary>
/// A PutRecord or PutRecords request, read without copying: data and keys stay where they stand in the request's JSON until
/// they are decoded into the log's buffer.
/// </summary>
internal ref struct PutRequest(ReadOnlyMemory<byte> json, bool batch) : IDisposable
{
    public const int MaxRecords = 500;
    public const long MaxBytes = 10 * 1024 * 1024;
    private const int MaxKeyLength = 256;

    private static readonly ArrayPool<PutEntry> Pool = ArrayPool<PutEntry>.Create(MaxRecords + 12, 64);

    private PutEntry[]? _entries;
    private int _count;
    private bool _hasRecords;

    public string? StreamName { get; private set; }

    public string? StreamArn { get; private set; }

    public string? SequenceNumberForOrdering { get; private set; }

    public readonly Span<PutEntry> Entries => _entries.AsSpan(0, Math.Min(_count, MaxRecords));

    private readonly string Path(int record) => batch ? $"records.{record + 1}.member." : "";

    private readonly string What => batch ? "Kinesis PutRecords" : "Kinesis PutRecord";

    /// <exception cref="ServiceException"><c>SerializationException</c>: the request is not what the operation takes.</exception>
    public void Read()
    {
        try
        {
            var reader = new Utf8JsonReader(json.IsEmpty ? "{}"u8 : json.Span);
            reader.Read();
            Expect(reader.TokenType == JsonTokenType.StartObject, "the request");
            _entries = Pool.Rent(batch ? MaxRecords : 1);
            if (!batch)
            {
                _entries[0] = new PutEntry { DataLength = -1 };
                _count = 1;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                ReadMember(ref reader);
            reader.Read();
        }
        // An escape that stands for half a character is the reader's InvalidOperationException.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ServiceException("SerializationException", $"{What}: {error.Message}");
        }
    }

    /// <summary>Checks all members by the API's constraints and decides each record's hash key.</summary>
    public readonly void Validate()
    {
        var validation = new Validation()
            .Name("streamName", StreamName)
            .Pattern("sequenceNumberForOrdering", SequenceNumberForOrdering, SequenceNumbers.Pattern());
        if (batch && !_hasRecords)
            validation.Required("records", null);
        if (batch && _hasRecords && _count == 0)
            validation.Fail("records", "[]", "Member must have length greater than or equal to 1");
        if (_count > MaxRecords)
            validation.Fail("records", "[]", $"Member must have length less than or equal to {MaxRecords}");
        long total = 0;
        var entries = Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            if (!IsFine(entries[i]))
                Check(validation, Path(i), entries[i]);
            total += entries[i].Size;
        }

        validation.Throw();
        if (total > MaxBytes)
            throw KinesisErrors.Invalid($"Records size exceeds {MaxBytes / 1024 / 1024} MB limit");
        foreach (ref var entry in entries)
            entry.Hash = HashOf(entry);
    }

    /// <summary>Checks the records against the largest one that the stream takes.</summary>
    public readonly void ValidateSizes(int maxRecordBytes)
    {
        var validation = new Validation();
        for (var i = 0; i < Entries.Length; i++)
        {
            FailIfLonger(validation, Path(i), Entries[i].DataLength, maxRecordBytes);
        }

        validation.Throw();
    }

    public void Dispose()
    {
        if (_entries is not null)
            Pool.Return(_entries, clearArray: true);
        _entries = null;
    }

    // A key of up to 256 bytes has no more characters than that.
    private static bool IsFine(in PutEntry entry) =>
        entry is { DataLength: >= 0 and <= LogLimits.MaxData, ExplicitHashKey: null, Key.Length: > 0 and <= MaxKeyLength };

    private static void Check(Validation validation, string path, in PutEntry entry)
    {
        if (entry.DataLength < 0)
            validation.Required(path + "data", null);
        FailIfLonger(validation, path, entry.DataLength, LogLimits.MaxData);
        if (!entry.HasKey)
            validation.Required(path + "partitionKey", null);
        else
            validation.Length(path + "partitionKey", Encoding.UTF8.GetString(entry.Key.Span), 1, MaxKeyLength);
        if (entry.ExplicitHashKey is { } hash && !IsDecimal(hash))
            validation.Fail(path + "explicitHashKey", hash, @"Member must satisfy regular expression pattern: 0|([1-9]\d{0,38})");
    }

    private static void FailIfLonger(Validation validation, string path, int length, int max)
    {
        if (length > max)
            validation.Fail(path + "data", $"java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]", $"Member must have length less than or equal to {max}");
    }

    private static bool IsDecimal(string text) =>
        text.Length is > 0 and <= 39 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');

    private static UInt128 HashOf(in PutEntry entry)
    {
        if (entry.ExplicitHashKey is null)
            return HashKeys.Of(entry.Key.Span);
        return HashKeys.TryParse(entry.ExplicitHashKey, out var hash)
            ? hash
            : throw KinesisErrors.Invalid(
                $"Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was {entry.ExplicitHashKey}");
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("StreamName"u8))
            StreamName = ReadText(ref reader, "StreamName");
        else if (reader.ValueTextEquals("StreamARN"u8))
            StreamArn = ReadText(ref reader, "StreamARN");
        else if (batch && reader.ValueTextEquals("Records"u8))
            ReadRecords(ref reader);
        else if (!batch && reader.ValueTextEquals("SequenceNumberForOrdering"u8))
            SequenceNumberForOrdering = ReadText(ref reader, "SequenceNumberForOrdering");
        else if (batch)
            throw Unknown(ref reader);
        else
            ReadEntryMember(ref reader, ref _entries![0]);
    }

    private void ReadRecords(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return;
        Expect(reader.TokenType == JsonTokenType.StartArray, "Records");
        _hasRecords = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader.TokenType == JsonTokenType.StartObject, "a record");
            // Past the most that a request may have, records are read only to be counted for the error.
            ref var entry = ref _entries![Math.Min(_count++, MaxRecords - 1)];
            entry = new PutEntry { DataLength = -1 };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                ReadEntryMember(ref reader, ref entry);
        }
    }

    private readonly void ReadEntryMember(ref Utf8JsonReader reader, ref PutEntry entry)
    {
        if (reader.ValueTextEquals("Data"u8))
        {
            entry.Base64 = ReadUtf8(ref reader, "Data", out var given);
            var length = -1;
            Expect(!given || Base64.IsValid(entry.Base64.Span, out length), "Data (it is not base64)");
            entry.DataLength = length;
        }
        else if (reader.ValueTextEquals("PartitionKey"u8))
        {
            entry.Key = ReadUtf8(ref reader, "PartitionKey", out var given);
            entry.HasKey = given;
            Expect(Utf8.IsValid(entry.Key.Span), "PartitionKey (it is not UTF-8)");
        }
        else if (reader.ValueTextEquals("ExplicitHashKey"u8))
        {
            entry.ExplicitHashKey = ReadText(ref reader, "ExplicitHashKey");
        }
        else
        {
            throw Unknown(ref reader);
        }
    }

    private readonly string? ReadText(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        Expect(reader.TokenType is JsonTokenType.String or JsonTokenType.Null, member);
        return reader.GetString();
    }

    // A string's bytes where they stand; only escaped ones are copied.
    private readonly ReadOnlyMemory<byte> ReadUtf8(ref Utf8JsonReader reader, string member, out bool given)
    {
        reader.Read();
        given = reader.TokenType == JsonTokenType.String;
        Expect(given || reader.TokenType == JsonTokenType.Null, member);
        if (!given)
            return default;
        if (!reader.ValueIsEscaped)
            return json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        var unescaped = new byte[reader.ValueSpan.Length];
        return unescaped.AsMemory(0, reader.CopyString(unescaped));
    }

    private readonly void Expect(bool condition, string what)
    {
        if (!condition)
            throw new ServiceException("SerializationException", $"{What}: the value of {what} is of the wrong type or malformed.");
    }

    private readonly ServiceException Unknown(ref Utf8JsonReader reader) =>
        new("SerializationException", $"{reader.GetString()} of {What} is not supported by the local cloud.");
}

using System.Text.Json;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Converts records, one JSON object or several back to back each, into rows of DuckDB's chunks. Belongs to one thread.</summary>
internal sealed unsafe class RecordConverter
{
    private static readonly JsonReaderOptions Reading = new() { AllowMultipleValues = true };

    /// <summary>The chunk is full before the record's end.</summary>
    public const int Full = -1;

    private readonly RecordText _record = new();
    private readonly ObjectFields _fields;

    public RecordConverter(IReadOnlyList<DuckColumn> columns, JsonRules rules) => _fields = new WriterFactory(rules, _record).ForRecord(columns);

    public void Begin(DuckChunk chunk)
    {
        for (var i = 0; i < _fields.Count; i++)
            _fields[i].Begin(chunk[i]);
    }

    /// <summary>Writes the record's objects from a row on. Nothing counts of a record that fails or doesn't fit the rest of the chunk.</summary>
    /// <param name="skip">How many of its objects were written before, into earlier chunks.</param>
    /// <param name="failure">Why the record can't be converted; null when it could.</param>
    /// <returns>The objects written, or <see cref="Full"/>.</returns>
    public int Convert(ReadOnlySpan<byte> record, int row, int skip, out ConversionFailure? failure) =>
        Guarded(record, row, skip, advance: 1, out failure);

    /// <summary>Tries a record of any number of objects; row 0 is spoilt.</summary>
    public ConversionFailure? Check(ReadOnlySpan<byte> record)
    {
        Guarded(record, 0, 0, advance: 0, out var failure);
        return failure;
    }

    private int Guarded(ReadOnlySpan<byte> record, int row, int skip, int advance, out ConversionFailure? failure)
    {
        failure = null;
        fixed (byte* start = record)
        {
            _record.Set(start, record.Length);
            try
            {
                return Write(record, row, skip, advance);
            }
            catch (MalformedDataException error)
            {
                failure = new("DataFormatConversion.MalformedData", error.Message);
            }
            catch (JsonException error)
            {
                failure = new("DataFormatConversion.ParseError", $"Encountered malformed JSON. {error.Message}");
            }
            catch (InvalidOperationException error)
            {
                // An escape that is no character.
                failure = new("DataFormatConversion.ParseError", $"Encountered malformed JSON. {error.Message}");
            }
        }

        return 0;
    }

    private int Write(ReadOnlySpan<byte> record, int row, int skip, int advance)
    {
        var json = new Utf8JsonReader(record, Reading);
        var (first, objects) = (row, 0);
        for (; json.Read(); objects++)
        {
            if (json.TokenType != JsonTokenType.StartObject)
                throw new JsonException($"A record is one JSON object or several, found {Describe(json.TokenType)}.");
            if (objects < skip)
            {
                json.Skip();
                continue;
            }

            if (row == DuckChunk.Capacity)
                return Full;
            _fields.Write(ref json, row);
            row += advance;
        }

        return objects > 0 ? row - first : throw new JsonException("The record is empty.");
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        _ => token.ToString().ToLowerInvariant(),
    };
}

/// <summary>Why a record could not be converted.</summary>
/// <param name="Code">As Firehose has it: <c>DataFormatConversion.MalformedData</c>.</param>
internal sealed record ConversionFailure(string Code, string Message);

using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Text from whatever JSON value there is: nested ones as their JSON where the rules are lenient.</summary>
/// <param name="maxLength">The characters of <c>varchar(n)</c>, longer text is cut as Hive does; 0 for any length.</param>
internal sealed class StringWriter(string column, int maxLength, bool nested, RecordText record) : ValueWriter
{
    protected override void WriteValue(ref Utf8JsonReader json, int row)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String when !json.ValueIsEscaped:
                Set(json.ValueSpan, row);
                break;
            case JsonTokenType.String:
                SetUnescaped(ref json, row);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray when nested:
                var start = (int)json.TokenStartIndex;
                json.Skip();
                Set(record.Span[start..(int)json.BytesConsumed], row);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                throw Mismatch.Of(ref json, column, DuckType.Varchar);
            default:
                Set(json.ValueSpan, row);
                break;
        }
    }

    private void SetUnescaped(ref Utf8JsonReader json, int row)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        try
        {
            Set(buffer.AsSpan(0, json.CopyString(buffer)), row);
        }
        catch (InvalidOperationException error)
        {
            throw new MalformedDataException($"Data does not match the schema. The text of the column {column} is not UTF-8: {error.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Set(ReadOnlySpan<byte> text, int row)
    {
        // The JSON reader doesn't look into strings, and DuckDB relies on what it is given.
        if (!Utf8.IsValid(text))
            throw new MalformedDataException($"Data does not match the schema. The text of the column {column} is not UTF-8.");
        Vector.SetUtf8(row, maxLength > 0 && text.Length > maxLength ? Cut(text) : text);
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        var end = 0;
        for (var characters = 0; end < text.Length && characters < maxLength; characters++)
        {
            end++;
            while (end < text.Length && (text[end] & 0xC0) == 0x80)
                end++;
        }

        return text[..end];
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PipelineStacks.IotSql.Values;

/// <summary>Between JSON text and values.</summary>
public static class Json
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 128 };

    /// <summary>Reads JSON; null if the bytes aren't one JSON value.</summary>
    public static SqlValue? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Strict);
            if (!reader.Read())
                return null;
            var value = Read(ref reader);
            return reader.Read() ? null : value;
        }
        catch (JsonException)
        {
            return null;
        }
        // A string with an escaped half of a surrogate pair.
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads JSON; null if the text isn't one JSON value.</summary>
    public static SqlValue? Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>The bytes that go on to a rule's actions: compact JSON, a payload that isn't JSON as it came, nothing for Undefined.</summary>
    public static byte[] Bytes(SqlValue value)
    {
        if (value.IsUndefined)
            return [];
        if (value is BytesValue raw)
            return raw.Bytes.ToArray();
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
            Write(writer, value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The value as compact JSON; an empty string for Undefined.</summary>
    public static string Text(SqlValue value) => Encoding.UTF8.GetString(Bytes(value));

    private static SqlValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new StringValue(reader.GetString()!);
            case JsonTokenType.Number:
                return Number(ref reader);
            case JsonTokenType.True:
                return SqlValue.True;
            case JsonTokenType.False:
                return SqlValue.False;
            case JsonTokenType.Null:
                return SqlValue.Null;
            case JsonTokenType.StartArray:
                var items = new List<SqlValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader));
                return new ArrayValue(items);
            default:
                var members = new OrderedDictionary<string, SqlValue>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members[name] = Read(ref reader);
                }
                return new ObjectValue(members);
        }
    }

    private static NumberValue Number(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
            return NumberValue.Of(whole);
        return NumberValue.Parse(Encoding.ASCII.GetString(reader.ValueSpan)) ?? throw new JsonException("The number is out of range.");
    }

    private static void Write(Utf8JsonWriter writer, SqlValue value)
    {
        switch (value)
        {
            case BooleanValue truth:
                writer.WriteBooleanValue(truth.Value);
                break;
            case NumberValue number:
                writer.WriteRawValue(number.Text(), skipInputValidation: true);
                break;
            case StringValue text:
                writer.WriteStringValue(text.Value);
                break;
            case BytesValue raw:
                writer.WriteBase64StringValue(raw.Bytes.Span);
                break;
            case ArrayValue array:
                writer.WriteStartArray();
                foreach (var item in array.Items)
                    if (!item.IsUndefined)
                        Write(writer, item);
                writer.WriteEndArray();
                break;
            case ObjectValue members:
                writer.WriteStartObject();
                foreach (var (name, member) in members.Members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }
                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}

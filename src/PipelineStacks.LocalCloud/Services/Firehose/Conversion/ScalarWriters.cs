using System.Buffers.Text;
using System.Text.Json;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>A value that is written from its text, from a JSON number or, where the rules allow it, from a JSON string.</summary>
internal abstract class TextualWriter(string column, DuckType type, bool fromString) : ValueWriter
{
    private readonly byte[] _unescaped = new byte[256];

    protected DuckType Type => type;

    protected override void WriteValue(ref Utf8JsonReader json, int row)
    {
        var accepted = json.TokenType switch
        {
            JsonTokenType.Number => Write(json.ValueSpan, row, isString: false),
            JsonTokenType.String when fromString => Write(Unescaped(ref json), row, isString: true),
            _ => false,
        };
        if (!accepted)
            throw Mismatch.Of(ref json, column, type);
    }

    protected abstract bool Write(ReadOnlySpan<byte> text, int row, bool isString);

    private ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
            return json.ValueSpan;
        // Nothing that is written from text is this long; the empty text then fails as malformed.
        return json.ValueSpan.Length > _unescaped.Length ? default : _unescaped.AsSpan(0, json.CopyString(_unescaped));
    }
}

internal sealed class IntegerWriter(string column, DuckType type, bool fromString) : TextualWriter(column, type, fromString)
{
    protected override bool Write(ReadOnlySpan<byte> text, int row, bool isString)
    {
        if (!(Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length) && !TryWhole(text, out value))
            return false;
        switch (Type.Id)
        {
            case DuckTypeId.TinyInt when value is >= sbyte.MinValue and <= sbyte.MaxValue:
                Vector.Set(row, (sbyte)value);
                return true;
            case DuckTypeId.SmallInt when value is >= short.MinValue and <= short.MaxValue:
                Vector.Set(row, (short)value);
                return true;
            case DuckTypeId.Integer when value is >= int.MinValue and <= int.MaxValue:
                Vector.Set(row, (int)value);
                return true;
            case DuckTypeId.BigInt:
                Vector.Set(row, value);
                return true;
            default:
                return false;
        }
    }

    // 12.0 and 1e3 are whole numbers, too; 1.5 is not cut to 1 in silence.
    private static bool TryWhole(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (!Utf8Parser.TryParse(text, out decimal number, out var used) || used != text.Length || number != decimal.Truncate(number)
            || number is < long.MinValue or > long.MaxValue)
            return false;
        value = (long)number;
        return true;
    }
}

internal sealed class FloatingWriter(string column, DuckType type, bool fromString) : TextualWriter(column, type, fromString)
{
    protected override bool Write(ReadOnlySpan<byte> text, int row, bool isString)
    {
        if (!Utf8Parser.TryParse(text, out double value, out var used) || used != text.Length)
            return false;
        if (Type.Id == DuckTypeId.Float)
            Vector.Set(row, (float)value);
        else
            Vector.Set(row, value);
        return true;
    }
}

internal sealed class DecimalWriter(string column, DuckType type, bool fromString) : TextualWriter(column, type, fromString)
{
    protected override bool Write(ReadOnlySpan<byte> text, int row, bool isString)
    {
        if (!DecimalText.TryParse(text, Type.Width, Type.Scale, out var value))
            return false;
        // The widths at which DuckDB changes how it stores a decimal.
        switch (Type.Width)
        {
            case <= 4:
                Vector.Set(row, (short)value);
                break;
            case <= 9:
                Vector.Set(row, (int)value);
                break;
            case <= 18:
                Vector.Set(row, (long)value);
                break;
            default:
                Vector.Set(row, value);
                break;
        }

        return true;
    }
}

internal sealed class TimestampWriter(string column, TimestampForms forms) : TextualWriter(column, DuckType.Timestamp, fromString: true)
{
    protected override bool Write(ReadOnlySpan<byte> text, int row, bool isString)
    {
        if (!(isString ? TimeText.TryTimestamp(text, forms, out var micros) : TimeText.TryEpoch(text, forms, out micros)))
            return false;
        Vector.Set(row, micros);
        return true;
    }
}

internal sealed class DateWriter(string column) : TextualWriter(column, DuckType.Date, fromString: true)
{
    protected override bool Write(ReadOnlySpan<byte> text, int row, bool isString)
    {
        if (!isString || !TimeText.TryDate(text, out var days))
            return false;
        Vector.Set(row, days);
        return true;
    }
}

internal sealed class BooleanWriter(string column, bool fromString) : ValueWriter
{
    protected override void WriteValue(ref Utf8JsonReader json, int row)
    {
        bool? value = json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when fromString && System.Text.Ascii.EqualsIgnoreCase(json.ValueSpan, "true"u8) => true,
            JsonTokenType.String when fromString && System.Text.Ascii.EqualsIgnoreCase(json.ValueSpan, "false"u8) => false,
            _ => null,
        };
        Vector.Set(row, value ?? throw Mismatch.Of(ref json, column, DuckType.Boolean));
    }
}

using System.Buffers.Text;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Reads dates and timestamps from UTF-8, in microseconds and days since 1970, without a string in between.</summary>
internal static class TimeText
{
    private const long MicrosPerSecond = 1_000_000;

    public static bool TryTimestamp(ReadOnlySpan<byte> text, TimestampForms forms, out long micros)
    {
        if (text.IndexOf((byte)':') > 0)
            return TryCalendar(text, forms, out micros);
        return TryEpoch(text, forms, out micros);
    }

    public static bool TryEpoch(ReadOnlySpan<byte> text, TimestampForms forms, out long micros)
    {
        micros = 0;
        if ((forms & (TimestampForms.Epoch | TimestampForms.EpochMillis)) == 0)
            return false;
        if (Utf8Parser.TryParse(text, out long whole, out var consumed) && consumed == text.Length)
        {
            // As the OpenX SerDe tells them apart: by the number of characters.
            var millis = (forms & TimestampForms.EpochMillis) != 0 || text.Length >= 13;
            var factor = millis ? 1000 : MicrosPerSecond;
            micros = unchecked(whole * factor);
            return Math.Abs(whole) <= long.MaxValue / factor;
        }

        if (!Utf8Parser.TryParse(text, out decimal seconds, out consumed) || consumed != text.Length || Math.Abs(seconds) > 9_000_000_000_000m)
            return false;
        micros = (long)(seconds * ((forms & TimestampForms.EpochMillis) != 0 ? 1000 : MicrosPerSecond));
        return true;
    }

    public static bool TryDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        return TryDate(ref text, out days) && text.IsEmpty;
    }

    private static bool TryCalendar(ReadOnlySpan<byte> text, TimestampForms forms, out long micros)
    {
        micros = 0;
        if (!TryDate(ref text, out var days) || text.IsEmpty)
            return false;
        var iso = text[0] == 'T' && (forms & TimestampForms.Iso) != 0;
        if (!iso && !(text[0] == ' ' && (forms & TimestampForms.Sql) != 0))
            return false;
        text = text[1..];
        if (!TryTwo(ref text, ':', out var hour) || !TryTwo(ref text, ':', out var minute) || !TryTwo(ref text, '\0', out var second)
            || hour > 23 || minute > 59 || second > 59 || !TryFraction(ref text, out var fraction))
            return false;
        if (iso)
        {
            if (text is not [(byte)'Z'])
                return false;
        }
        else if (!text.IsEmpty)
        {
            return false;
        }

        micros = ((((days * 24L) + hour) * 60 + minute) * 60 + second) * MicrosPerSecond + fraction;
        return true;
    }

    private static bool TryDate(ref ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.Length < 8 || text[4] != '-' || !TryDigits(text[..4], out var year))
            return false;
        text = text[5..];
        if (!TryOneOrTwo(ref text, out var month) || text.IsEmpty || text[0] != '-')
            return false;
        text = text[1..];
        if (!TryOneOrTwo(ref text, out var day) || year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        days = new DateOnly(year, month, day).DayNumber - DuckDb.Epoch.Day;
        return true;
    }

    private static bool TryOneOrTwo(ref ReadOnlySpan<byte> text, out int value)
    {
        var digits = text.Length > 1 && char.IsAsciiDigit((char)text[1]) ? 2 : 1;
        if (text.Length < digits || !TryDigits(text[..digits], out value))
        {
            value = 0;
            return false;
        }

        text = text[digits..];
        return true;
    }

    private static bool TryTwo(ref ReadOnlySpan<byte> text, char after, out int value)
    {
        value = 0;
        var length = after == '\0' ? 2 : 3;
        if (text.Length < length || (after != '\0' && text[2] != after) || !TryDigits(text[..2], out value))
            return false;
        text = text[length..];
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.IsEmpty || text[0] != '.')
            return true;
        var digits = 0;
        for (text = text[1..]; !text.IsEmpty && char.IsAsciiDigit((char)text[0]); text = text[1..], digits++)
        {
            // Up to nine digits are read; what is finer than a microsecond is cut off.
            if (digits < 6)
                micros = (micros * 10) + (text[0] - '0');
        }

        for (var i = digits; i < 6; i++)
            micros *= 10;
        return digits is >= 1 and <= 9;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}

using System.Globalization;
using System.Text;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>Values as DuckDB prints them when it casts to VARCHAR.</summary>
internal static class DuckText
{
    public static string? Render(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => Floating(number, number.ToString("R", CultureInfo.InvariantCulture)),
        float number => Floating(number, number.ToString("R", CultureInfo.InvariantCulture)),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + "+00",
        DuckInterval interval => Interval(interval),
        byte[] bytes => Blob(bytes),
        object?[] list => $"[{string.Join(", ", list.Select(Nested))}]",
        DuckStruct fields => $"{{{string.Join(", ", fields.Fields.Select(field => $"'{field.Key}': {Nested(field.Value)}"))}}}",
        DuckMap map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Nested(entry.Key)}={Nested(entry.Value)}"))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Nested(object? value) => Render(value) ?? "NULL";

    private static string Floating(double value, string text)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        text = text.Replace("E", "e", StringComparison.Ordinal);
        return text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";
    }

    private static string Interval(DuckInterval interval)
    {
        var parts = new List<string>();
        Add(interval.Months / 12, "year");
        Add(interval.Months % 12, "month");
        Add(interval.Days, "day");
        if (interval.Microseconds != 0 || parts.Count == 0)
        {
            var time = TimeSpan.FromMicroseconds(Math.Abs(interval.Microseconds));
            var sign = interval.Microseconds < 0 ? "-" : "";
            var fraction = time.ToString("FFFFFF", CultureInfo.InvariantCulture);
            parts.Add($"{sign}{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{(fraction.Length > 0 ? "." + fraction : "")}");
        }

        return string.Join(' ', parts);

        void Add(int count, string unit)
        {
            if (count != 0)
                parts.Add($"{count} {unit}{(count is 1 or -1 ? "" : "s")}");
        }
    }

    private static string Blob(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and < 0x7f and not (byte)'\\' and not (byte)'\'' and not (byte)'"')
                text.Append((char)value);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
        }

        return text.ToString();
    }
}

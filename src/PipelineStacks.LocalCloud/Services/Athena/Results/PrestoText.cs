using System.Globalization;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Athena.Results;

/// <summary>Values as Athena prints them in results.</summary>
internal static class PrestoText
{
    /// <returns>Null for null.</returns>
    public static string? Render(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        string text => text,
        double number => Java(number, number.ToString("R", CultureInfo.InvariantCulture)),
        float number => Java(number, number.ToString("R", CultureInfo.InvariantCulture)),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture),
        byte[] bytes => string.Join(' ', bytes.Select(item => item.ToString("x2", CultureInfo.InvariantCulture))),
        DuckInterval interval => Interval(interval),
        DuckStruct row => "{" + string.Join(", ", row.Fields.Select((field, i) => $"{Field(field.Key, i)}={Inner(field.Value)}")) + "}",
        DuckMap map => "{" + string.Join(", ", map.Entries.Select(entry => $"{Inner(entry.Key)}={Inner(entry.Value)}")) + "}",
        object?[] items => "[" + string.Join(", ", items.Select(Inner)) + "]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Inner(object? value) => Render(value) ?? "null";

    private static string Field(string name, int index) => name.Length > 0 ? name : $"field{index.ToString(CultureInfo.InvariantCulture)}";

    private static string Interval(DuckInterval interval)
    {
        if (interval is { Days: 0, Microseconds: 0 } && interval.Months != 0)
            return $"{(interval.Months < 0 ? "-" : "")}{Math.Abs(interval.Months / 12)}-{Math.Abs(interval.Months % 12)}";
        var total = TimeSpan.FromDays(interval.Days) + TimeSpan.FromMicroseconds(interval.Microseconds);
        return $"{(total < TimeSpan.Zero ? "-" : "")}{Math.Abs(total.Days)} {total.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture)}";
    }

    // Java turns to scientific notation below 0.001 and from 10,000,000 on, and always shows a digit after the point.
    private static string Java(double number, string shortest)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";
        if (number == 0)
            return double.IsNegative(number) ? "-0.0" : "0.0";
        var sign = shortest.StartsWith('-') ? "-" : "";
        var (digits, exponent) = Split(shortest.TrimStart('-'));
        if (exponent is >= -3 and < 7)
        {
            var padded = exponent < 0 ? new string('0', -exponent) + digits : digits.PadRight(exponent + 2, '0');
            var point = Math.Max(exponent, 0) + 1;
            return $"{sign}{padded[..point]}.{padded[point..]}";
        }

        return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The significant digits, and the power of ten of the first of them.</summary>
    private static (string Digits, int Exponent) Split(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = point < 0 ? mantissa : whole + mantissa[(point + 1)..];
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        return (digits.Length == 0 ? "0" : digits, whole.Length - 1 - leading + exponent);
    }
}

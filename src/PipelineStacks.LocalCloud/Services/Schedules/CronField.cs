using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Schedules;

/// <summary>A field of a cron expression that lists values: <c>*</c>, <c>5</c>, <c>1,2</c>, <c>1-5</c>, <c>MON-FRI</c>, <c>0/15</c>, <c>*/15</c>, <c>10-30/5</c>.</summary>
internal static class CronField
{
    /// <param name="names">What stands for the values from <paramref name="min"/> on.</param>
    /// <returns>Null for what is malformed or beyond the field's values.</returns>
    public static SortedSet<int>? Parse(string text, int min, int max, params string[] names)
    {
        var values = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            var step = 1;
            if (slash >= 0 && (!TryNumber(part[(slash + 1)..], out step) || step < 1 || step > max))
                return null;
            if (Range(slash < 0 ? part : part[..slash], min, max, slash >= 0, names) is not var (first, last))
                return null;
            for (var value = first; value <= last; value += step)
                values.Add(value);
        }

        return values;
    }

    /// <summary>One value, as a number or a name.</summary>
    public static int? Value(string text, int min, int max, params ReadOnlySpan<string> names)
    {
        for (var i = 0; i < names.Length; i++)
            if (names[i].Equals(text, StringComparison.OrdinalIgnoreCase))
                return min + i;
        return TryNumber(text, out var value) && value >= min && value <= max ? value : null;
    }

    private static (int First, int Last)? Range(string text, int min, int max, bool stepped, string[] names)
    {
        if (text == "*")
            return (min, max);
        if (text.Split('-') is [var from, var to])
            return Value(from, min, max, names) is { } first && Value(to, min, max, names) is { } last && first <= last ? (first, last) : null;
        // "3/10" goes on from 3 to the end.
        return Value(text, min, max, names) is { } value ? (value, stepped ? max : value) : null;
    }

    private static bool TryNumber(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}

using System.Globalization;
using System.Text;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>A date pattern of Java: of Joda-Time to format, of java.time to parse. What the two have in common is all that is known here.</summary>
internal sealed class TimePattern
{
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    private readonly List<Part> _parts;

    private TimePattern(List<Part> parts) => _parts = parts;

    /// <summary>Null for a letter that has no meaning, or a quote without an end.</summary>
    public static TimePattern? Parse(string pattern)
    {
        var parts = new List<Part>();
        for (var at = 0; at < pattern.Length;)
        {
            var letter = pattern[at];
            if (letter == '\'')
            {
                var end = pattern.IndexOf('\'', at + 1);
                if (end < 0)
                    return null;
                parts.Add(new Part('\0', 0, end == at + 1 ? "'" : pattern[(at + 1)..end]));
                at = end + 1;
            }
            else if (char.IsAsciiLetter(letter))
            {
                var count = pattern.AsSpan(at).IndexOfAnyExcept(letter) is var run and >= 0 ? run : pattern.Length - at;
                if (!"GyYuMLdDEaHhKkmsSzZVXx".Contains(letter, StringComparison.Ordinal))
                    return null;
                parts.Add(new Part(letter, count, ""));
                at += count;
            }
            else
            {
                parts.Add(new Part('\0', 0, letter.ToString()));
                at++;
            }
        }
        return new TimePattern(parts);
    }

    public string Format(DateTimeOffset time, TimeZoneInfo zone)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
            text.Append(Format(part, time, zone));
        return text.ToString();
    }

    /// <summary>Null if the text doesn't follow the pattern. Without a zone it is UTC.</summary>
    public DateTimeOffset? Read(string text)
    {
        var reader = new TimeReader(text);
        foreach (var part in _parts)
            if (!reader.Read(part))
                return null;
        return reader.Time();
    }

    private static string Format(Part part, DateTimeOffset time, TimeZoneInfo zone) => part.Letter switch
    {
        '\0' => part.Literal,
        'G' => "AD",
        'y' or 'Y' or 'u' when part.Count == 2 => Number(time.Year % 100, 2),
        'y' or 'Y' or 'u' => Number(time.Year, part.Count),
        'M' or 'L' when part.Count > 3 => English.GetMonthName(time.Month),
        'M' or 'L' when part.Count == 3 => English.GetAbbreviatedMonthName(time.Month),
        'M' or 'L' => Number(time.Month, part.Count),
        'd' => Number(time.Day, part.Count),
        'D' => Number(time.DayOfYear, part.Count),
        'E' => part.Count > 3 ? English.GetDayName(time.DayOfWeek) : English.GetAbbreviatedDayName(time.DayOfWeek),
        'a' => time.Hour < 12 ? "AM" : "PM",
        'H' => Number(time.Hour, part.Count),
        'k' => Number(time.Hour == 0 ? 24 : time.Hour, part.Count),
        'K' => Number(time.Hour % 12, part.Count),
        'h' => Number(time.Hour % 12 == 0 ? 12 : time.Hour % 12, part.Count),
        'm' => Number(time.Minute, part.Count),
        's' => Number(time.Second, part.Count),
        'S' => Number(time.Millisecond, 3).PadRight(part.Count, '0')[..part.Count],
        'z' => part.Count > 3 ? zone.StandardName : TimeZones.ShortName(zone, time),
        'V' => zone.Id,
        'Z' => part.Count > 2 ? zone.Id : TimeZones.Shown(time.Offset, part.Count == 2 ? ":" : ""),
        'X' when time.Offset == TimeSpan.Zero => "Z",
        _ => TimeZones.Shown(time.Offset, part.Count == 3 ? ":" : ""),
    };

    private static string Number(int value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    internal sealed record Part(char Letter, int Count, string Literal);
}

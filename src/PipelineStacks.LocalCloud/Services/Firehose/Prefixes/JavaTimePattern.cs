using System.Globalization;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.Firehose.Prefixes;

/// <summary>The patterns of Java's DateTimeFormatter, as far as people write them into prefixes.</summary>
internal static class JavaTimePattern
{
    /// <exception cref="FormatException">The pattern has a letter that is not supported, by its name.</exception>
    public static string Format(string pattern, DateTimeOffset time)
    {
        var text = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length;)
        {
            if (pattern[i] == '\'')
            {
                i = Quoted(pattern, i + 1, text);
                continue;
            }

            var run = 1;
            while (i + run < pattern.Length && pattern[i + run] == pattern[i])
                run++;
            if (char.IsAsciiLetter(pattern[i]))
                text.Append(Field(pattern[i], run, time));
            else
                text.Append(pattern[i], run);
            i += run;
        }

        return text.ToString();
    }

    // '' is one quote, inside quotes and outside.
    private static int Quoted(string pattern, int at, StringBuilder text)
    {
        if (at < pattern.Length && pattern[at] == '\'')
        {
            text.Append('\'');
            return at + 1;
        }

        for (; at < pattern.Length; at++)
        {
            if (pattern[at] != '\'')
            {
                text.Append(pattern[at]);
                continue;
            }

            if (at + 1 == pattern.Length || pattern[at + 1] != '\'')
                return at + 1;
            text.Append(pattern[at++]);
        }

        throw new FormatException($"The timestamp pattern {pattern} has a quote without its end.");
    }

    private static string Field(char letter, int run, DateTimeOffset time) => letter switch
    {
        'y' or 'u' when run == 2 => Number(time.Year % 100, 2),
        'y' or 'u' => Number(time.Year, run),
        'M' or 'L' when run <= 2 => Number(time.Month, run),
        'M' or 'L' when run <= 4 => time.ToString(new string('M', run), CultureInfo.InvariantCulture),
        'd' when run <= 2 => Number(time.Day, run),
        'D' when run <= 3 => Number(time.DayOfYear, run),
        'E' when run <= 4 => time.ToString(run == 4 ? "dddd" : "ddd", CultureInfo.InvariantCulture),
        'a' when run == 1 => time.Hour < 12 ? "AM" : "PM",
        'H' when run <= 2 => Number(time.Hour, run),
        'k' when run <= 2 => Number(time.Hour == 0 ? 24 : time.Hour, run),
        'h' when run <= 2 => Number(((time.Hour + 11) % 12) + 1, run),
        'K' when run <= 2 => Number(time.Hour % 12, run),
        'm' when run <= 2 => Number(time.Minute, run),
        's' when run <= 2 => Number(time.Second, run),
        'S' when run <= 7 => time.ToString(new string('f', run), CultureInfo.InvariantCulture),
        'Y' => throw new FormatException("The letter Y of timestamp patterns is the week-based year, which is wrong around New Year; write yyyy."),
        _ => throw new FormatException($"{new string(letter, run)} is not supported in timestamp patterns by the local cloud."),
    };

    private static string Number(int value, int digits) => value.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

using System.Text;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Date patterns of MySQL and of Joda as DuckDB's, which wants them as literals.</summary>
internal static class DatePatterns
{
    /// <summary>The call with its pattern in DuckDB's words; null where the function takes no pattern.</summary>
    /// <exception cref="SqlException">The pattern is no literal, or asks for what DuckDB can't do.</exception>
    public static string? Translate(string function, IReadOnlyList<Expr> arguments)
    {
        if (function is not ("date_format" or "date_parse" or "format_datetime" or "parse_datetime") || arguments.Count != 2)
            return null;
        var pattern = arguments[1].Text ?? throw SqlException.NotSupported($"A pattern of {function} that is not a literal");
        var converted = DuckDb.Sql.Literal(function.StartsWith("date", StringComparison.Ordinal) ? MySql(pattern) : Joda(pattern));
        return function switch
        {
            "date_format" or "format_datetime" => $"strftime({arguments[0].Sql}::TIMESTAMP, {converted})",
            "date_parse" => $"strptime({arguments[0].Sql}, {converted})",
            _ => $"strptime({arguments[0].Sql}, {converted})::TIMESTAMPTZ",
        };
    }

    private static string MySql(string pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is not '%' || i + 1 == pattern.Length)
            {
                text.Append(pattern[i]);
                continue;
            }

            text.Append(pattern[++i] switch
            {
                'M' => "%B",
                'i' => "%M",
                's' or 'S' => "%S",
                'h' or 'I' => "%I",
                'k' => "%-H",
                'l' => "%-I",
                'c' => "%-m",
                'e' => "%-d",
                'W' => "%A",
                'T' => "%H:%M:%S",
                'r' => "%I:%M:%S %p",
                'x' => "%G",
                'v' => "%V",
                'Y' or 'y' or 'm' or 'd' or 'H' or 'a' or 'b' or 'p' or 'j' or 'f' or '%' => $"%{pattern[i]}",
                var other => throw SqlException.NotSupported($"%{other} in a date pattern"),
            });
        }

        return text.ToString();
    }

    private static string Joda(string pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            if (pattern[i] is '\'')
            {
                var end = pattern.IndexOf('\'', i + 1);
                text.Append(end == i + 1 ? "'" : pattern[(i + 1)..(end < 0 ? pattern.Length : end)]);
                i = end < 0 ? pattern.Length : end + 1;
                continue;
            }

            var length = 1;
            while (i + length < pattern.Length && pattern[i + length] == pattern[i])
                length++;
            text.Append(char.IsAsciiLetter(pattern[i]) ? Joda(pattern[i], length) : pattern[i..(i + length)].Replace("%", "%%", StringComparison.Ordinal));
            i += length;
        }

        return text.ToString();
    }

    private static string Joda(char letter, int length) => (letter, length) switch
    {
        ('y' or 'Y', 2) => "%y",
        ('y' or 'Y', _) => "%Y",
        ('x', _) => "%G",
        ('M', 1) => "%-m",
        ('M', 2) => "%m",
        ('M', 3) => "%b",
        ('M', _) => "%B",
        ('d', 1) => "%-d",
        ('d', _) => "%d",
        ('D', _) => "%j",
        ('E', <= 3) => "%a",
        ('E', _) => "%A",
        ('H', 1) => "%-H",
        ('H', _) => "%H",
        ('h', 1) => "%-I",
        ('h', _) => "%I",
        ('m', 1) => "%-M",
        ('m', _) => "%M",
        ('s', 1) => "%-S",
        ('s', _) => "%S",
        ('S', 3) => "%g",
        ('a', _) => "%p",
        ('Z', _) => "%z",
        _ => throw SqlException.NotSupported($"{new string(letter, length)} in a date pattern"),
    };
}

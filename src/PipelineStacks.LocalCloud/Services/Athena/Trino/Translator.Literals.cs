using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Numbers, texts, dates, intervals, and the time.</summary>
internal sealed partial class Translator
{
    private static readonly string[] IntervalUnits = ["year", "month", "day", "hour", "minute", "second"];

    private static readonly string[] TypedLiterals =
        ["date", "timestamp", "time", "decimal", "double", "real", "bigint", "integer", "smallint", "tinyint", "varchar", "char", "json", "boolean", "uuid"];

    private static Expr Literal(string text) => new(DuckDb.Sql.Literal(text) + "::VARCHAR")
    {
        Text = text,
        Type = $"varchar({text.Length.ToString(CultureInfo.InvariantCulture)})",
        IsLiteral = true,
    };

    private static Expr Number(string text) => new(text)
    {
        Type = text.Contains('e', StringComparison.OrdinalIgnoreCase) ? "double"
            : text.Contains('.', StringComparison.Ordinal) ? SqlTypes.DecimalOf(text).ToLowerInvariant()
            : text.Length > 9 ? "bigint" : "integer",
        IsLiteral = true,
    };

    private static string TrinoName(string word, string type) => type switch
    {
        "TIMESTAMP" => "timestamp(0)",
        "TIMESTAMPTZ" => "timestamp(0) with time zone",
        _ when word is "decimal" => type.ToLowerInvariant(),
        _ => word,
    };

    // The time of the cloud, which under virtual time is not DuckDB's.
    private Expr? Now(string word)
    {
        if (word is not ("current_date" or "current_timestamp" or "localtimestamp" or "current_time" or "localtime") && !(word is "now" && PeekAt(1).Is("(")))
            return null;
        Next();
        if (Take("("))
        {
            if (Peek.Kind is SqlTokenKind.Number)
                Next();
            Demand(")");
        }

        var now = _context.Now.UtcDateTime;
        var stamp = now.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        return new Expr(word switch
        {
            "current_date" => $"DATE '{stamp[..10]}'",
            "localtimestamp" => $"TIMESTAMP '{stamp}'",
            "current_time" or "localtime" => $"TIME '{stamp[11..]}'",
            _ => $"TIMESTAMPTZ '{stamp}+00'",
        });
    }

    private Expr TypedLiteral(string word)
    {
        var at = Next().At;
        var text = Text();
        var type = word switch
        {
            "timestamp" => HasZone(text) ? "TIMESTAMPTZ" : "TIMESTAMP",
            "decimal" => SqlTypes.DecimalOf(text),
            "real" => "FLOAT",
            "char" => "VARCHAR",
            _ => word.ToUpperInvariant(),
        };
        if (word is "date" && !DateOnly.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            throw SqlException.At("INVALID_LITERAL", at, $"'{text}' is not a valid DATE literal");
        if (type is "TIMESTAMP" && !DateTime.TryParse(text, CultureInfo.InvariantCulture, out _))
            throw SqlException.At("INVALID_LITERAL", at, $"'{text}' is not a valid TIMESTAMP literal");
        return new Expr($"CAST({DuckDb.Sql.Literal(text)} AS {type})") { IsLiteral = true, Type = type is "VARCHAR" ? null : TrinoName(word, type) };
    }

    // 2026-11-20 09:00:00 UTC, … Europe/Berlin, … +01:00
    private static bool HasZone(string text) => text.Length > 10 && text[10..].IndexOfAny(['+', '-', '/', 'U', 'Z']) >= 0;

    private Expr Interval()
    {
        Next();
        var sign = Take("-") ? "-" : "";
        Take("+");
        var at = Peek.At;
        var text = Text();
        var unit = Name().Text.ToLowerInvariant().TrimEnd('s');
        if (!IntervalUnits.Contains(unit))
            throw SqlException.Syntax(at, $"mismatched input '{unit}'. Expecting: 'DAY', 'HOUR', 'MINUTE', 'MONTH', 'SECOND', 'YEAR'");
        if (Is("to"))
            throw SqlException.NotSupported("INTERVAL … TO …");
        return new Expr($"(INTERVAL '{sign}{text.Replace("'", "", StringComparison.Ordinal)} {unit}')") { IsInterval = true };
    }
}

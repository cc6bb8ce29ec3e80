using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Etl;

/// <summary>
/// Text to a type, or to nothing where it doesn't fit. <c>try_cast</c> alone would not do: of <c>' 12'</c>, <c>12.5</c>, <c>1e3</c>, <c>0x1F</c> or
/// <c>1e999</c> Spark and DuckDB make different numbers, and of years before our calendar different days. A pattern comes first, found by
/// <c>regexp_extract</c>, the one function for regular expressions that both have; equal to the whole text it is a match of the whole text, even
/// before a line break, where <c>$</c> alone matches in Java.
/// </summary>
internal static class TextCast
{
    /// <summary>The first day that Spark writes without asking in which calendar.</summary>
    public const string FirstDate = "1582-10-15";

    /// <summary>The first time of which the same holds, for timestamps.</summary>
    public const string FirstTime = "1900-01-01";

    private const string Whole = "^[+-]?[0-9]+([.]0+)?$";
    private const string Fraction = "^[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$";
    private const string Day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    private const string Time = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?Z?$";

    /// <summary>The expression for a text, which is the name of a column.</summary>
    /// <exception cref="DatasetException">No text becomes such a type.</exception>
    public static string Sql(string text, ColumnType type) => type switch
    {
        PrimitiveType { Name: "string" } => text,
        PrimitiveType { Name: "tinyint" or "smallint" or "int" or "bigint" } =>
            When(Matches(text, Whole), $"try_cast(regexp_extract({text}, '^[+-]?[0-9]+', 0) AS {type})"),
        PrimitiveType { Name: "double" } => Finite(text, type, "1.7976931348623157E308"),
        PrimitiveType { Name: "float" } => Finite(text, type, "3.4028234663852886E38"),
        // Digits past the scale would be rounded, and a price that isn't one stays unnoticed.
        DecimalType { Scale: 0 } => When(Matches(text, Whole), $"try_cast({text} AS {type})"),
        DecimalType { Scale: var scale } => When(Matches(text, $"^[+-]?[0-9]+([.][0-9]{{1,{scale}}}0*)?$"), $"try_cast({text} AS {type})"),
        PrimitiveType { Name: "date" } => When($"{Matches(text, Day)} AND {text} >= '{FirstDate}'", $"try_cast({text} AS date)"),
        PrimitiveType { Name: "timestamp" } => When($"{Matches(text, Time)} AND {text} >= '{FirstTime}'", $"try_cast({text} AS timestamp)"),
        PrimitiveType { Name: "boolean" } => When($"lower({text}) IN ('true', 'false', '1', '0')", $"try_cast(lower({text}) AS boolean)"),
        // As DMS writes bytes into CSV.
        PrimitiveType { Name: "binary" } => When(Matches(text, "^([0-9A-Fa-f]{2})*$"), $"unhex({text})"),
        _ => throw new DatasetException([$"A text can't be cast to {type}: the clean job knows types without parts only."]),
    };

    /// <summary>Whether text can become such a type at all.</summary>
    public static bool Knows(ColumnType type) => type is PrimitiveType or DecimalType;

    private static string Finite(string text, ColumnType type, string largest) =>
        When($"{Matches(text, Fraction)} AND abs(try_cast({text} AS {type})) <= {largest}", $"try_cast({text} AS {type})");

    private static string Matches(string text, string pattern) => $"regexp_extract({text}, '{pattern}', 0) = {text}";

    private static string When(string condition, string value) => $"CASE WHEN {condition} THEN {value} END";
}

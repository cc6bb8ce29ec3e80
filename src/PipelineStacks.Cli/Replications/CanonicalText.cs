using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replications;

/// <summary>
/// A row as one text that is the same in the database and in the landing zone, by the column's type: integers without leading zeros, decimals with all
/// of their scale, times to the millisecond, binary values in hexadecimal, sets and enumerations by their labels. No value is <c>\N</c>; in CSV the
/// text NULL can't be told from it. A date that is none, such as 0000-00-00, is no value in the lake. The rules for the database are in the function
/// database-admin, in checksums.mjs.
/// </summary>
internal static class CanonicalText
{
    private static readonly string[] LargeObjects = ["text", "blob", "json", "geometry", "point", "linestring", "polygon"];

    // Engines write floating-point numbers in different digits.
    public static bool IsComparable(Column column) => column.Type.Hive is not ("double" or "float");

    /// <summary>The column's kind, by which the function knows the rule.</summary>
    public static string Kind(Column column) => column.Type.Hive switch
    {
        "tinyint" or "smallint" or "int" or "bigint" => "integer",
        "date" => "date",
        "timestamp" => "timestamp",
        "string" => "text",
        "binary" => "binary",
        var type when type.StartsWith("decimal", StringComparison.Ordinal) => "decimal",
        var type => throw new ArgumentException($"There is no rule for the text of {type}.", nameof(column)),
    };

    /// <summary>Whether DMS cuts the column's values.</summary>
    public static bool IsLargeObject(Column column) =>
        column.SourceType is { } type && LargeObjects.Any(kind => type.Contains(kind, StringComparison.Ordinal));

    /// <summary>Athena's expression for the text of a landing table's row.</summary>
    /// <param name="nullText">What CSV has for no value; null over Parquet, whose columns have types.</param>
    public static string Row(IEnumerable<Column> columns, string? nullText) =>
        string.Join(" || '|' || ", columns.Where(IsComparable).Select(column => $@"coalesce({Value(column, nullText)}, '\N')"));

    private static string Value(Column column, string? nullText)
    {
        var value = nullText is null ? column.Name : $"nullif({column.Name}, '{nullText.Replace("'", "''", StringComparison.Ordinal)}')";
        return Kind(column) switch
        {
            "integer" => $"CAST(TRY_CAST({value} AS bigint) AS varchar)",
            "decimal" => $"CAST(TRY_CAST({value} AS {column.Type.Hive}) AS varchar)",
            "date" => Date($"CAST({value} AS varchar)", text => text),
            "timestamp" => Date($"CAST({value} AS varchar)", text => $"substr(rpad(CASE WHEN length({text}) = 19 THEN {text} || '.' ELSE {text} END, 23, '0'), 1, 23)"),
            "binary" => nullText is null ? $"to_hex({value})" : $"upper({value})",
            _ => $@"replace(replace({value}, '\', '\\'), '|', '\|')",
        };
    }

    private static string Date(string text, Func<string, string> print) => $"CASE WHEN substr({text}, 1, 10) NOT LIKE '%-00%' THEN {print(text)} END";
}

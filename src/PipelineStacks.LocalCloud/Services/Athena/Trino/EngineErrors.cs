using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>DuckDB's errors in the words of Athena's engine.</summary>
internal static partial class EngineErrors
{
    public static SqlException Explain(string message, Translation translation)
    {
        if (Own().Match(message) is { Success: true } own)
            return new SqlException(own.Value);
        if (MissingColumn().Match(message) is { Success: true } column)
            return ColumnNotFound(translation, column.Groups[1].Value + column.Groups[2].Value, null);
        if (MissingTable().Match(message) is { Success: true } table)
            return ColumnNotFound(translation, null, table.Groups[1].Value);
        if (MissingInTable().Match(message) is { Success: true } both)
            return ColumnNotFound(translation, both.Groups[2].Value, both.Groups[1].Value);
        var line = FirstLine().Match(message).Groups[2].Value;
        return new SqlException(Kind(message) switch
        {
            _ when message.Contains("Malformed JSON", StringComparison.Ordinal) => $"HIVE_CURSOR_ERROR: Row is not a valid JSON Object - {line}",
            _ when NotGrouped().Match(message) is { Success: true } grouped => NotAnAggregate(translation, grouped.Groups[1].Value),
            "Conversion" => $"INVALID_CAST_ARGUMENT: {line}",
            "Out of Range" => $"NUMERIC_VALUE_OUT_OF_RANGE: {line}",
            "Out of Memory" => "EXCEEDED_LOCAL_MEMORY_LIMIT: Query exceeded the memory that the local cloud gives it",
            "Parser" => $"SYNTAX_ERROR: {line}",
            "Binder" when message.Contains("No function matches", StringComparison.Ordinal) || message.Contains("does not support the supplied arguments", StringComparison.Ordinal) =>
                $"FUNCTION_NOT_FOUND: Unexpected parameters for function: {line}",
            "Binder" => $"TYPE_MISMATCH: {line}",
            _ => $"GENERIC_USER_ERROR: {line}",
        });
    }

    private static SqlException ColumnNotFound(Translation translation, string? column, string? table)
    {
        var use = translation.Columns.Find(use =>
            (column is null || use.Path.Contains(column, StringComparer.OrdinalIgnoreCase)) && (table is null || use.Path.Contains(table, StringComparer.OrdinalIgnoreCase)));
        return use is null
            ? new SqlException($"COLUMN_NOT_FOUND: Column '{column ?? table}' cannot be resolved or requester is not authorized to access requested resources")
            : SqlException.ColumnNotFound(use.At, string.Join('.', use.Path));
    }

    private static string NotAnAggregate(Translation translation, string column)
    {
        var use = translation.Columns.Find(use => use.Path[^1].Equals(column, StringComparison.OrdinalIgnoreCase));
        return $"EXPRESSION_NOT_AGGREGATE: {(use is null ? "" : $"{use.At}: ")}'{column}' must be an aggregate expression or appear in GROUP BY clause";
    }

    private static string Kind(string message) => FirstLine().Match(message).Groups[1].Value;

    // Errors that the macros and scans raise have Athena's words already.
    [GeneratedRegex("(?:DIVISION_BY_ZERO|TYPE_MISMATCH|HIVE_BAD_DATA|INVALID_FUNCTION_ARGUMENT): [^\n]*")]
    private static partial Regex Own();

    // A column selected under its own name looks to DuckDB like an alias that refers to itself.
    [GeneratedRegex("(?:Referenced column \"([^\"]+)\" (?:was )?not found|Column \"([^\"]+)\" referenced that exists in the SELECT clause)")]
    private static partial Regex MissingColumn();

    [GeneratedRegex("Referenced table \"([^\"]+)\" not found")]
    private static partial Regex MissingTable();

    [GeneratedRegex("(?:Table|Values list) \"([^\"]+)\" does not have a column named \"([^\"]+)\"")]
    private static partial Regex MissingInTable();

    [GeneratedRegex("column \"([^\"]+)\" must appear in the GROUP BY clause")]
    private static partial Regex NotGrouped();

    [GeneratedRegex(@"^(?:(\w[\w ]*?) Error: )?([^\n]*)")]
    private static partial Regex FirstLine();
}

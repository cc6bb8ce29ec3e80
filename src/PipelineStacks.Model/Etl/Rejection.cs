using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Etl;

/// <summary>
/// Why a row is rejected, all reasons at once, and the row as JSON for the quarantine. Texts have neither an apostrophe nor a backslash, which Spark
/// and DuckDB escape in different ways; and texts are joined by <c>||</c>, since <c>concat</c> with a missing value is one thing to Spark and
/// another to DuckDB.
/// </summary>
internal static class Rejection
{
    // Longer values make a message unreadable; the record holds them whole.
    private const int ShownCharacters = 100;

    /// <summary>A list of reasons; empty for a row that is good.</summary>
    public static string Reasons(IEnumerable<string> reasons) => $"concat_ws('; ',\n    {CleanSql.Lines(reasons, indent: 4)})";

    /// <summary>The reason of a column that must have a value.</summary>
    public static string Missing(string column) => $"CASE WHEN {column} IS NULL THEN '{column} is missing' END";

    /// <summary>The reason of a text that didn't become a value.</summary>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <param name="unless">Rows for which it doesn't matter.</param>
    public static string Misfit(Column column, string text, bool isRequired, string? unless = null)
    {
        var shown = $"'{column.Name} \"' || substr({text}, 1, {ShownCharacters}) || '\" does not fit {column.Type}'";
        var applies = unless is null ? "" : $" AND NOT {unless}";
        if (column.TypeText == "string")
            return $"CASE WHEN {text} IS NULL THEN '{column.Name} is missing' END";
        return isRequired
            ? $"CASE WHEN {text} IS NULL THEN '{column.Name} is missing' WHEN {column.Name} IS NULL THEN {shown} END"
            : $"CASE WHEN {text} IS NOT NULL AND {column.Name} IS NULL{applies} THEN {shown} END";
    }

    /// <summary>
    /// The view <c>rejects</c> over the view <c>checked</c>. Spark makes no object from a list of columns in the words that DuckDB has for it, but
    /// both make JSON of a list: a text is put into one, and what stands between its brackets is the text as JSON.
    /// </summary>
    /// <param name="required">Texts without which a row has no place at all, which is another kind of fault than a value that doesn't fit.</param>
    /// <param name="fields">JSON keys with the expressions of their texts.</param>
    public static string View(IEnumerable<string> required, IEnumerable<(string Key, string Text)> fields)
    {
        var all = fields.ToList();
        var texts = all.Select((field, i) => $"CAST(to_json(split(replace({field.Text}, chr(31), ' '), chr(31))) AS string) AS json{i}");
        var members = all.Select((field, i) => $"'\"{field.Key}\":' || substr(json{i}, 2, length(json{i}) - 2)");
        return
            $$"""
            CREATE TEMPORARY VIEW rejects AS
            SELECT kind || reason AS reason, '{' || concat_ws(',',
                {{CleanSql.Lines(members, indent: 4)}}) || '}' AS record, source_file
            FROM (
              SELECT CASE WHEN {{string.Join(" OR ", required.Select(text => $"{text} IS NULL"))}} THEN 'MissingKey: ' ELSE 'InvalidValue: ' END AS kind,
                reason, _file AS source_file,
                {{CleanSql.Lines(texts, indent: 4)}}
              FROM checked
              WHERE reason <> ''
            ) AS rejected;
            """;
    }

    /// <summary>A typed column as text.</summary>
    public static string AsText(Column column) =>
        column.TypeText switch
        {
            "string" => column.Name,
            "binary" => $"hex({column.Name})",
            _ => $"CAST({column.Name} AS string)",
        };
}

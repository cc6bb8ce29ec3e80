using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>
/// Reads JSON, an object a line, as OpenX's and Hive's SerDes do: keys without regard to case, OpenX's <c>mapping.</c> for
/// keys with other names than their columns.
/// </summary>
internal sealed class JsonScan(DuckConnection duck) : ITableScan
{
    public IEnumerable<ScanGroup> Groups(CatalogTable table, IReadOnlyList<TableFile> files)
    {
        var lenient = table.SerdeParameters.TryGetValue("ignore.malformed.json", out var ignore) && ignore.Equals("true", StringComparison.OrdinalIgnoreCase);
        foreach (var group in files.GroupBy(file => file.Compression))
        {
            IReadOnlyList<TableFile> members = [.. group];
            var source = $"read_ndjson_objects({DuckDb.Sql.List(members.Select(file => file.Object.File))}, "
                + $"compression = '{group.Key}', ignore_errors = {(lenient ? "true" : "false")})";
            var keys = Keys(source, "$");
            yield return new(members, source,
                [.. table.Columns.Select(column => Member(source, "$", keys, table.SerdeParameters.GetValueOrDefault($"mapping.{column.Name}") ?? column.Name, column.Type))]);
        }
    }

    /// <summary>A member of an object, whatever the case of its key; of several spellings the first that is there.</summary>
    private string Member(string source, string parent, List<string> keys, string name, string type)
    {
        var values = keys.Where(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(key => Value(source, $"{parent}.\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", type)).ToList();
        return values.Count switch
        {
            0 => $"CAST(NULL AS {SqlTypes.FromHive(type)})",
            1 => values[0],
            _ => $"coalesce({string.Join(", ", values)})",
        };
    }

    private string Value(string source, string path, string type)
    {
        if (!type.StartsWith("struct<", StringComparison.OrdinalIgnoreCase))
            return Convert(DuckDb.Sql.Literal(path), SqlTypes.FromHive(type));
        var keys = Keys(source, path);
        var fields = Fields(type).Select(field => $"{DuckDb.Sql.Identifier(field.Name)} := {Member(source, path, keys, field.Name, field.Type)}");
        return $"CASE WHEN json_type(json, {DuckDb.Sql.Literal(path)}) = 'OBJECT' THEN struct_pack({string.Join(", ", fields)}) END";
    }

    private static IEnumerable<(string Name, string Type)> Fields(string type)
    {
        var inner = type["struct<".Length..^1];
        for (var (start, at, depth) = (0, 0, 0); at <= inner.Length; at++)
        {
            depth += at == inner.Length ? 0 : inner[at] is '<' or '(' ? 1 : inner[at] is '>' or ')' ? -1 : 0;
            if (at < inner.Length && (depth > 0 || inner[at] is not ','))
                continue;
            var field = inner[start..at];
            var colon = field.IndexOf(':', StringComparison.Ordinal);
            yield return (field[..colon].Trim().ToLowerInvariant(), field[(colon + 1)..].Trim());
            start = at + 1;
        }
    }

    private static string Convert(string path, string wanted) => wanted switch
    {
        "VARCHAR" => $"json_extract_string(json, {path})",
        // Numbers are seconds or milliseconds since 1970.
        "TIMESTAMP" => $"""
            CASE WHEN json_type(json, {path}) IN ('UBIGINT', 'BIGINT', 'DOUBLE')
            THEN make_timestamp((CAST(json_extract_string(json, {path}) AS DOUBLE) * CASE WHEN abs(CAST(json_extract_string(json, {path}) AS DOUBLE)) < 1e11 THEN 1e6 ELSE 1e3 END)::BIGINT)
            ELSE CAST(json_extract_string(json, {path}) AS TIMESTAMP) END
            """,
        _ when wanted.Contains('[', StringComparison.Ordinal) || wanted.StartsWith("STRUCT", StringComparison.Ordinal) || wanted.StartsWith("MAP", StringComparison.Ordinal) =>
            $"CAST(json_extract(json, {path}) AS {wanted})",
        _ => $"CAST(json_extract_string(json, {path}) AS {wanted})",
    };

    private List<string> Keys(string source, string path)
    {
        var keys = new List<string>();
        var at = DuckDb.Sql.Literal(path);
        using var found = duck.Query($"SELECT DISTINCT unnest(json_keys(json, {at})) FROM {source} WHERE json_type(json, {at}) = 'OBJECT' ORDER BY 1");
        while (found.Read())
            keys.Add((string)found.GetValue(0)!);
        return keys;
    }
}

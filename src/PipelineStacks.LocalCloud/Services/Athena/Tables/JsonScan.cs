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
            var keys = Keys(source);
            yield return new(members, source, [.. table.Columns.Select(column => Read(table, column, keys))]);
        }
    }

    private static string Read(CatalogTable table, CatalogColumn column, List<string> keys)
    {
        var type = new HiveTypeReader(column.Type).Read();
        var name = table.SerdeParameters.GetValueOrDefault($"mapping.{column.Name}") ?? column.Name;
        var values = keys.Where(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(key => DuckDb.Sql.Literal($"$.\"{key.Replace("\"", "\\\"", StringComparison.Ordinal)}\""))
            .Select(path => JsonValue.Read($"json_extract(json, {path})", type)).ToList();
        return values.Count switch
        {
            0 => $"CAST(NULL AS {type.Sql})",
            1 => values[0],
            _ => $"coalesce({string.Join(", ", values)})",
        };
    }

    private List<string> Keys(string source)
    {
        var keys = new List<string>();
        using var found = duck.Query($"SELECT DISTINCT unnest(json_keys(json)) FROM {source} WHERE json_type(json) = 'OBJECT' ORDER BY 1");
        while (found.Read())
            keys.Add((string)found.GetValue(0)!);
        return keys;
    }
}

using System.Collections.Concurrent;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>The schemas of Parquet files. Files are never changed in place, so a schema once read holds.</summary>
internal sealed class ParquetSchemas
{
    private const int MostKept = 100_000;

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The schema of each local file as a text that is the same for the same schema.</summary>
    /// <exception cref="SqlException">A file is no Parquet.</exception>
    public IReadOnlyDictionary<string, string> Of(DuckConnection duck, IReadOnlyList<TableFile> files)
    {
        if (_known.Count > MostKept)
            _known.Clear();
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
            if (_known.TryGetValue(file.Object.File, out var schema))
                asked[file.Object.File] = schema;
        foreach (var (file, schema) in Read(duck, [.. files.Where(file => !asked.ContainsKey(file.Object.File))]))
            asked[file] = _known[file] = schema;
        return asked;
    }

    private static Dictionary<string, string> Read(DuckConnection duck, List<TableFile> files)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (files.Count == 0)
            return read;
        try
        {
            using var schemas = duck.Query($"""
                SELECT file_name, string_agg(concat_ws(':', name, type, type_length, num_children, converted_type, scale, precision, logical_type), ',')
                FROM parquet_schema({DuckDb.Sql.List(files.Select(file => file.Object.File))}) GROUP BY file_name
                """);
            while (schemas.Read())
                read[(string)schemas.GetValue(0)!] = (string)schemas.GetValue(1)!;
            return read;
        }
        catch (DuckException error) when (!error.Interrupted)
        {
            throw new SqlException($"HIVE_BAD_DATA: Not valid Parquet file: {TableFile.Name(error.Message.Split('\n')[0], files)}");
        }
    }
}

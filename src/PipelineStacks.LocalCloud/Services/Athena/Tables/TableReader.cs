using System.Globalization;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>Makes DuckDB's SQL of a table's files, in any of the formats that are known.</summary>
internal sealed class TableReader(DuckConnection duck, ParquetSchemas schemas)
{
    private readonly List<TableFile> _files = [];

    /// <exception cref="SqlException">The location is no place in S3.</exception>
    public static S3Location Location(CatalogTable table, string location) =>
        S3Location.Parse(location) ?? throw new SqlException($"HIVE_METASTORE_ERROR: The location of {table.Database}.{table.Name} is no place in S3: {location}");

    /// <summary>How the table's files are read.</summary>
    /// <exception cref="SqlException">The format is not known.</exception>
    public ITableScan Scan(CatalogTable table)
    {
        var serde = table.SerializationLibrary ?? table.InputFormat ?? "";
        if (serde.Contains("Parquet", StringComparison.OrdinalIgnoreCase))
            return new ParquetScan(duck, schemas);
        if (serde.EndsWith("JsonSerDe", StringComparison.OrdinalIgnoreCase))
            return new JsonScan(duck);
        if (serde.EndsWith("LazySimpleSerDe", StringComparison.Ordinal))
            return new CsvScan(isQuoted: false);
        if (serde.EndsWith("OpenCSVSerde", StringComparison.OrdinalIgnoreCase))
            return new CsvScan(isQuoted: true);
        throw new SqlException($"HIVE_UNSUPPORTED_FORMAT: Output format or SerDe '{serde}' of table {table.Database}.{table.Name} is not supported by the local cloud.");
    }

    /// <summary>A query of the files' rows with the table's columns and partition keys.</summary>
    public string Rows(CatalogTable table, IReadOnlyList<TableFile> files, bool withPath)
    {
        var scan = Scan(table);
        _files.AddRange(files);
        return files.Count == 0
            ? Empty(table, withPath)
            : string.Join(" UNION ALL ", scan.Groups(table, files).Select(group => Rows(table, group, withPath)));
    }

    /// <summary>A message about the rows with the names of the objects that they are from.</summary>
    public string Named(string message) => TableFile.Name(message, _files);

    private static string Rows(CatalogTable table, ScanGroup group, bool withPath)
    {
        var columns = table.Columns.Select((column, i) => $"{group.Columns[i]} AS {DuckDb.Sql.Identifier(column.Name)}").ToList();
        var first = group.Files[0].Partition;
        if (!withPath && group.Files.All(file => file.Partition == first))
        {
            columns.AddRange(table.PartitionKeys.Select((key, i) => $"{first.Values[i]} AS {DuckDb.Sql.Identifier(key.Name)}"));
            return $"SELECT {string.Join(", ", columns)} FROM {group.Source}";
        }

        var names = table.PartitionKeys.Select(key => DuckDb.Sql.Identifier(key.Name)).ToList();
        columns.AddRange(names.Select(name => $"\"#files\".{name}"));
        if (withPath)
            columns.Add("\"#files\".\"$path\"");
        var lines = group.Files.Select((file, i) =>
            $"({string.Join(", ", [i.ToString(CultureInfo.InvariantCulture), DuckDb.Sql.Literal(file.Uri), .. file.Partition.Values])})");
        return $"""
            SELECT {string.Join(", ", columns)} FROM {group.Source} AS "#rows"
            JOIN (VALUES {string.Join(", ", lines)}) AS "#files"({string.Join(", ", ["\"#\"", "\"$path\"", .. names])}) ON "#rows".file_index = "#files"."#"
            """;
    }

    private static string Empty(CatalogTable table, bool withPath)
    {
        var columns = table.Columns.Concat(table.PartitionKeys)
            .Select(column => $"CAST(NULL AS {SqlTypes.FromHive(column.Type)}) AS {DuckDb.Sql.Identifier(column.Name)}").ToList();
        if (withPath)
            columns.Add("''::VARCHAR AS \"$path\"");
        return $"SELECT {string.Join(", ", columns)} WHERE false";
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>Puts a view into DuckDB for each mention of a table in a query, over the objects that it reads right now.</summary>
/// <param name="cutoff">The bytes that the query may read; null for any number.</param>
internal sealed class TableViews(
    ICatalog catalog, IObjectStore store, ParquetSchemas schemas, Call call, DuckConnection duck, DateTimeOffset now, long? cutoff)
{
    private const int DeepestView = 16;

    private readonly ObjectListing _objects = new(store, call);
    private readonly PartitionFinder _partitions = new(catalog, call, duck, now);
    private readonly HashSet<string> _schemas = new(StringComparer.Ordinal);
    private int _views;

    /// <summary>The bytes of the objects that the views read, which is what a query is billed by.</summary>
    public long ScannedBytes { get; private set; }

    /// <exception cref="SqlException">A table does not exist or can't be read.</exception>
    /// <exception cref="BytesScannedException">The cutoff is passed; nothing has been read by then.</exception>
    public void Make(Translation translation) => Make(translation, 0);

    private void Make(Translation translation, int depth)
    {
        foreach (var statement in ScalarFunctions.Prelude(translation.Sql))
            duck.Execute(statement.Replace("CREATE MACRO", "CREATE OR REPLACE MACRO", StringComparison.Ordinal));
        foreach (var reference in translation.Tables)
        {
            var table = Find(reference);
            if (_schemas.Add(reference.Database))
                duck.Execute($"CREATE SCHEMA IF NOT EXISTS {DuckDb.Sql.Identifier(reference.Database)}");
            var sql = table.ViewText is { } view ? View(table, view, depth) : Table(table, reference, translation.UsesPath);
            duck.Execute($"CREATE VIEW {DuckDb.Sql.Identifier(reference.Database)}.{DuckDb.Sql.Identifier(reference.View)} AS {sql}");
        }

        if (translation.Functions is [var unknown, ..])
            throw SqlException.At("FUNCTION_NOT_FOUND", unknown.At, $"Function '{unknown.Name}' not registered");
    }

    private CatalogTable Find(TableReference reference)
    {
        if (!catalog.ListDatabases(call).Contains(reference.Database))
            throw SqlException.At("SCHEMA_NOT_FOUND", reference.At, $"Schema '{reference.Database}' does not exist");
        try
        {
            return catalog.GetTable(call, reference.Database, reference.Name);
        }
        catch (ServiceException error) when (error.Code == "EntityNotFoundException")
        {
            throw SqlException.At("TABLE_NOT_FOUND", reference.At, $"Table 'awsdatacatalog.{reference.Database}.{reference.Name}' does not exist");
        }
    }

    // A view of Athena's is a comment in the catalog that holds its query.
    private string View(CatalogTable table, string text, int depth)
    {
        var definition = PrestoView.Read(text) ?? throw SqlException.NotSupported($"The view {table.Database}.{table.Name}, which Athena did not make,");
        if (depth > DeepestView)
            throw new SqlException($"INVALID_VIEW: View '{table.Database}.{table.Name}' is recursive");
        _views += 1000;
        var translation = Translator.Query(definition.OriginalSql, new(definition.Schema ?? table.Database, [], now) { FirstTable = _views });
        Make(translation, depth + 1);
        return translation.Sql;
    }

    private string Table(CatalogTable table, TableReference reference, bool withPath)
    {
        var scan = Scan(table);
        var root = PartitionProjection.IsEnabled(table) ? new PartitionProjection(table, now).Root() : Location(table, table.Location).Folder;
        var files = new List<TableFile>();
        foreach (var partition in _partitions.Find(table, reference))
            files.AddRange(_objects.Of(Location(table, partition.Location).Folder, root).Select(found => new TableFile(found, partition)));
        ScannedBytes += files.Sum(file => file.Object.Size);
        if (ScannedBytes > cutoff)
            throw new BytesScannedException(ScannedBytes);
        if (files.Count == 0)
            return Empty(table, withPath);
        return string.Join(" UNION ALL ", scan.Groups(table, files).Select(group => Rows(table, group, withPath)));
    }

    private static S3Location Location(CatalogTable table, string location) =>
        S3Location.Parse(location) ?? throw new SqlException($"HIVE_METASTORE_ERROR: The location of {table.Database}.{table.Name} is no place in S3: {location}");

    private ITableScan Scan(CatalogTable table)
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

/// <summary>The definition of a view as Athena keeps it in the catalog.</summary>
internal sealed record PrestoView(string OriginalSql, string? Catalog, string? Schema)
{
    private const string Begin = "/* Presto View: ";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static PrestoView? Read(string text)
    {
        if (!text.StartsWith(Begin, StringComparison.Ordinal) || !text.EndsWith(" */", StringComparison.Ordinal))
            return null;
        return JsonSerializer.Deserialize<PrestoView>(Convert.FromBase64String(text[Begin.Length..^3]), Json);
    }

    public static string Write(string sql, string schema, IEnumerable<(string Name, string Type)> columns) =>
        Begin + Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            originalSql = sql,
            catalog = "awsdatacatalog",
            schema,
            columns = columns.Select(column => new { name = column.Name, type = column.Type }),
        }))) + " */";
}

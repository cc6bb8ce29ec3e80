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
    private readonly TableReader _reader = new(duck, schemas);
    private readonly PartitionFinder _partitions = new(catalog, call, duck, now);
    private readonly HashSet<string> _schemas = new(StringComparer.Ordinal);
    private int _views;

    /// <summary>The bytes of the objects that the views read, which is what a query is billed by.</summary>
    public long ScannedBytes { get; private set; }

    /// <exception cref="SqlException">A table does not exist or can't be read.</exception>
    /// <exception cref="BytesScannedException">The cutoff is passed; nothing has been read by then.</exception>
    public void Make(Translation translation) => Make(translation, 0);

    /// <summary>A message of the engine's with the names of the objects that it is about.</summary>
    public string Named(string message) => _reader.Named(message);

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
        if (!catalog.HasDatabase(call, reference.Database))
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
        _reader.Scan(table);
        var root = PartitionProjection.IsEnabled(table) ? new PartitionProjection(table, now).Root() : TableReader.Location(table, table.Location).Folder;
        var files = new List<TableFile>();
        foreach (var partition in _partitions.Find(table, reference))
            files.AddRange(_objects.Of(TableReader.Location(table, partition.Location).Folder, root).Select(found => new TableFile(found, partition)));
        ScannedBytes += files.Sum(file => file.Object.Size);
        if (ScannedBytes > cutoff)
            throw new BytesScannedException(ScannedBytes);
        return _reader.Rows(table, files, withPath);
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

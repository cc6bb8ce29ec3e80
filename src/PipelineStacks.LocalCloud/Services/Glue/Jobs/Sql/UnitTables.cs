using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.S3;
using DuckSql = PipelineStacks.LocalCloud.DuckDb.Sql;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>Puts the views into DuckDB that a SQL file reads: the catalog's tables, <c>increment</c> and <c>existing</c>.</summary>
internal sealed class UnitTables(ICatalog catalog, IObjectStore store, ParquetSchemas schemas, Call call, DuckConnection duck, DateTimeOffset now)
{
    private readonly ObjectListing _objects = new(store, call);
    private readonly TableReader _reader = new(duck, schemas);

    /// <summary>The bytes of the objects that the views read.</summary>
    public long Bytes { get; private set; }

    /// <returns>Null where the catalog has no such table.</returns>
    public CatalogTable? Find(string database, string name)
    {
        try
        {
            return catalog.GetTable(call, database, name);
        }
        catch (ServiceException error) when (error.Code is "EntityNotFoundException")
        {
            return null;
        }
    }

    /// <summary>A table of the catalog under its name.</summary>
    public void Table(CatalogTable table)
    {
        if (table.ViewText is not null)
            throw new UnitException($"{table.Database}.{table.Name} is a view of Athena's, which jobs can't read");
        duck.Execute($"CREATE SCHEMA IF NOT EXISTS {DuckSql.Identifier(table.Database)}");
        duck.Execute($"CREATE VIEW {DuckSql.Identifier(table.Database)}.{DuckSql.Identifier(table.Name)} AS {Read(table, FilesOf(table))}");
    }

    /// <summary>The target's present rows; none of them when they are made anew.</summary>
    public void Existing(CatalogTable table, bool none) =>
        duck.Execute($"CREATE VIEW existing AS {Read(table, none ? [] : FilesOf(table))}");

    /// <summary>The rows of some of a table's objects, each with the object that it is from.</summary>
    public void Increment(CatalogTable table, IReadOnlyList<StoredObject> objects)
    {
        var byFile = table with { PartitionKeys = [new("_file", "string", null)] };
        duck.Execute($"CREATE VIEW increment AS {Read(byFile,
            [.. objects.Select(one => new TableFile(one, new([DuckSql.Literal($"s3://{one.Bucket}/{one.Key}")], table.Location)))])}");
    }

    /// <summary>All objects under a table's location.</summary>
    public IReadOnlyList<StoredObject> ObjectsOf(CatalogTable table)
    {
        var folder = TableReader.Location(table, table.Location).Folder;
        return [.. _objects.Of(folder, folder)];
    }

    /// <summary>A message of the engine's with the names of the objects that it is about.</summary>
    public string Named(string message) => _reader.Named(message);

    private string Read(CatalogTable table, IReadOnlyList<TableFile> files)
    {
        Bytes += files.Sum(file => file.Object.Size);
        return _reader.Rows(table, files, withPath: false);
    }

    private List<TableFile> FilesOf(CatalogTable table)
    {
        var everything = new TableReference(table.Database, table.Name, new(1, 1), 0);
        var root = PartitionProjection.IsEnabled(table) ? new PartitionProjection(table, now).Root() : TableReader.Location(table, table.Location).Folder;
        var files = new List<TableFile>();
        foreach (var partition in new PartitionFinder(catalog, call, duck, now).Find(table, everything))
            files.AddRange(_objects.Of(TableReader.Location(table, partition.Location).Folder, root).Select(found => new TableFile(found, partition)));
        return files;
    }
}

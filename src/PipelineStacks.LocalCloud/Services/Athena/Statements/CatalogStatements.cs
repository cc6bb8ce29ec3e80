using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary>Statements that change the catalog.</summary>
internal sealed class CatalogStatements(GlueDatabases databases, GlueTables tables, GluePartitions partitions, QueryEngine engine, IObjectStore store)
{
    /// <returns>The lines of the result, of which most such statements have none.</returns>
    public IReadOnlyList<string> Run(QueryJob job)
    {
        var call = job.Call;
        try
        {
            switch (job.Statement)
            {
                case CreateDatabaseStatement create:
                    return Once(create.IfNotExists, "AlreadyExistsException", () => databases.Create(call, new(null, new()
                    {
                        Name = create.Name,
                        Description = create.Comment,
                        LocationUri = create.Location,
                        Parameters = create.Properties,
                    }, null)));
                case DropDatabaseStatement drop:
                    return Once(drop.IfExists, "EntityNotFoundException", () => Drop(call, drop));
                case CreateTableStatement create:
                    return Once(create.IfNotExists, "AlreadyExistsException", () => tables.Create(call, new(null, create.Table.Database, create.Input, null, null)));
                case DropTableStatement drop:
                    return Once(drop.IfExists, "EntityNotFoundException", () => tables.Delete(call, new(null, drop.Table.Database, drop.Table.Name, null)));
                case CreateViewStatement view:
                    CreateView(job, view);
                    return [];
                case AddPartitionsStatement add:
                    var table = tables.Get(call, new(null, add.Table.Database, add.Table.Name, null, null, false)).Table;
                    foreach (var partition in add.Partitions)
                        Once(add.IfNotExists, "AlreadyExistsException", () => partitions.Create(call, new(null, table.DatabaseName, table.Name, Input(table, partition))));
                    return [];
                case DropPartitionsStatement drop:
                    var from = tables.Get(call, new(null, drop.Table.Database, drop.Table.Name, null, null, false)).Table;
                    foreach (var partition in drop.Partitions)
                        Once(drop.IfExists, "EntityNotFoundException", () => partitions.Delete(call, new(null, from.DatabaseName, from.Name, Values(from, partition))));
                    return [];
                case RepairStatement repair:
                    return Repair(call, repair.Table);
                default:
                    throw SqlException.NotSupported(job.Statement.Substatement);
            }
        }
        catch (ServiceException error) when (error.Code is "AlreadyExistsException" or "EntityNotFoundException")
        {
            throw new SqlException($"FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. {error.Code}(message:{error.Message})");
        }
    }

    private static IReadOnlyList<string> Once<T>(bool isForgiven, string code, Func<T> work)
    {
        try
        {
            work();
        }
        catch (ServiceException error) when (isForgiven && error.Code == code)
        {
            // IF EXISTS and IF NOT EXISTS ask for exactly this.
        }

        return [];
    }

    private Protocols.Empty Drop(Call call, DropDatabaseStatement drop)
    {
        if (!drop.Cascade && tables.List(call, new(null, drop.Name, null, null, 1, null, null, false, null)).TableList.Count > 0)
            throw new SqlException($"FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. InvalidOperationException(message:Database {drop.Name} is not empty. One or more tables exist.)");
        return databases.Delete(call, new(null, drop.Name));
    }

    private void CreateView(QueryJob job, CreateViewStatement view)
    {
        var columns = engine.Describe(job.Call, SqlLexer.Split(view.Sql), job.Database, job.Stop.Token);
        var input = new TableInput
        {
            Name = view.Table.Name,
            TableType = "VIRTUAL_VIEW",
            Parameters = new Dictionary<string, string> { ["presto_view"] = "true", ["comment"] = "Presto View" },
            ViewOriginalText = PrestoView.Write(view.Sql, job.Database, columns.Select(column => (column.Name, SqlTypes.Trino(column.Type)))),
            ViewExpandedText = "/* Presto View */",
            StorageDescriptor = new()
            {
                Columns = [.. columns.Select(column => new Glue.Column { Name = column.Name.ToLowerInvariant(), Type = SqlTypes.ToHive(column.Type) })],
                SerdeInfo = new(),
            },
        };
        try
        {
            tables.Create(job.Call, new(null, view.Table.Database, input, null, null));
        }
        catch (ServiceException error) when (view.OrReplace && error.Code == "AlreadyExistsException")
        {
            tables.Update(job.Call, new(null, view.Table.Database, input, SkipArchive: true, null, null, Force: false));
        }
    }

    /// <summary>Registers the folders <c>key=value</c> under a table that the catalog does not have yet.</summary>
    private List<string> Repair(Call call, TableName name)
    {
        var table = tables.Get(call, new(null, name.Database, name.Name, null, null, false)).Table;
        var keys = table.PartitionKeys ?? [];
        var location = S3Location.Parse(table.StorageDescriptor?.Location ?? "")?.Folder ?? throw new SqlException($"FAILED: {name.Name} has no location in S3");
        var lines = new List<string>();
        var found = store.List(call, location.Bucket, location.Prefix).Select(item => item.Key[location.Prefix.Length..].Split('/'))
            .Where(path => path.Length > keys.Count && keys.Zip(path).All(pair => pair.Second.StartsWith(pair.First.Name + "=", StringComparison.OrdinalIgnoreCase)))
            .Select(path => string.Join('/', path.Take(keys.Count))).Distinct().Order(StringComparer.Ordinal);
        foreach (var folder in found)
        {
            var values = folder.Split('/').Zip(keys, (part, key) => Uri.UnescapeDataString(part[(key.Name.Length + 1)..])).ToList();
            try
            {
                partitions.Create(call, new(null, name.Database, name.Name, Input(table, values, $"{location}{folder}/")));
                lines.Add($"Repair: Added partition to metastore {name.Name}:{folder}");
            }
            catch (ServiceException error) when (error.Code == "AlreadyExistsException")
            {
                // It is known already, which is what the statement is for.
            }
        }

        return lines;
    }

    private static IReadOnlyList<string> Values(Table table, PartitionSpec partition) =>
    [
        .. (table.PartitionKeys ?? []).Select(key => partition.Values.GetValueOrDefault(key.Name)
            ?? throw new SqlException($"FAILED: ValidationFailureSemanticException partition spec {{{string.Join(", ", partition.Values.Keys)}}} doesn't contain all ({table.PartitionKeys!.Count}) partition columns")),
    ];

    private static PartitionInput Input(Table table, PartitionSpec partition)
    {
        var values = Values(table, partition);
        var folder = string.Join('/', table.PartitionKeys!.Zip(values, (key, value) => $"{key.Name}={value}"));
        return Input(table, values, partition.Location ?? $"{table.StorageDescriptor?.Location?.TrimEnd('/')}/{folder}/");
    }

    private static PartitionInput Input(Table table, IReadOnlyList<string> values, string location) =>
        new() { Values = values, StorageDescriptor = (table.StorageDescriptor ?? new()) with { Location = location } };
}

using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>The catalog as the other services read it.</summary>
internal sealed class Catalog(CatalogState state) : ICatalog
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public CatalogTable GetTable(Call call, string database, string table)
    {
        var (folded, name) = (CatalogState.Fold(database, "databaseName"), CatalogState.Fold(table, "name"));
        call.Authorize("glue:GetTable", CatalogState.TableArn(call, folded, name));
        return Read(state.FindTable(call, folded, name, "Entity Not Found"));
    }

    public IReadOnlyList<string> ListDatabases(Call call)
    {
        call.Authorize("glue:GetDatabases", call.Arn("glue", "catalog"));
        return [.. state.Databases.In(call.Account, call.Region).Select(database => database.Name)];
    }

    public bool HasDatabase(Call call, string database)
    {
        call.Authorize("glue:GetDatabase", CatalogState.DatabaseArn(call, database));
        return state.Databases.TryGet(CatalogState.Key(call, database), out _);
    }

    public IReadOnlyList<CatalogTable> ListTables(Call call, string database)
    {
        var folded = CatalogState.Fold(database, "databaseName");
        call.Authorize("glue:GetTables", CatalogState.DatabaseArn(call, folded));
        state.FindDatabase(call, folded);
        return [.. state.TablesOf(call, folded).Select(Read)];
    }

    public IReadOnlyList<CatalogPartition> ListPartitions(Call call, string database, string table)
    {
        var (folded, name) = (CatalogState.Fold(database, "databaseName"), CatalogState.Fold(table, "tableName"));
        call.Authorize("glue:GetPartitions", CatalogState.TableArn(call, folded, name));
        state.FindTable(call, folded, name);
        return
        [
            .. state.PartitionsOf(call, folded, name)
                .Select(partition => new CatalogPartition(partition.Values, partition.StorageDescriptor?.Location ?? "")),
        ];
    }

    private static CatalogTable Read(Table table) => new(
        table.DatabaseName, table.Name, table.VersionId, Columns(table.StorageDescriptor?.Columns), Columns(table.PartitionKeys),
        table.StorageDescriptor?.Location ?? "", table.StorageDescriptor?.InputFormat, table.StorageDescriptor?.SerdeInfo?.SerializationLibrary,
        table.StorageDescriptor?.SerdeInfo?.Parameters ?? None, table.Parameters ?? None,
        table.TableType == "VIRTUAL_VIEW" ? table.ViewOriginalText : null);

    private static IReadOnlyList<CatalogColumn> Columns(IReadOnlyList<Column>? columns) =>
        [.. (columns ?? []).Select(column => new CatalogColumn(column.Name.ToLowerInvariant(), column.Type ?? "string", column.Comment))];
}

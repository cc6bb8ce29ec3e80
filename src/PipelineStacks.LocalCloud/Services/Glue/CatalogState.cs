using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>What the catalog knows, and how its resources are found. One writer at a time keeps parents and children consistent.</summary>
internal sealed class CatalogState(StateStore store)
{
    public Lock Writing { get; } = new();

    public StateCollection<Database> Databases { get; } = store.Open<Database>("glue", "databases");

    public StateCollection<Table> Tables { get; } = store.Open<Table>("glue", "tables");

    public StateCollection<Table> Archive { get; } = store.Open<Table>("glue", "table-versions");

    public StateCollection<Partition> Partitions { get; } = store.Open<Partition>("glue", "partitions");

    public StateCollection<ResourceTags> Tags { get; } = store.Open<ResourceTags>("glue", "tags");

    /// <summary>Names are stored in lower case, for compatibility with Hive.</summary>
    public static string Fold(string? name, string member) =>
        string.IsNullOrEmpty(name) ? throw ServiceException.Validation(member, name, "Member must not be null") : name.ToLowerInvariant();

    public static ResourceKey Key(Call call, params ReadOnlySpan<string> path) => new(call.Account, call.Region, string.Join('/', path!));

    public static string DatabaseArn(Call call, string database) => call.Arn("glue", $"database/{database}");

    public static string TableArn(Call call, string database, string table) => call.Arn("glue", $"table/{database}/{table}");

    /// <summary>There is one catalog: the account's own.</summary>
    public static void RequireOwnCatalog(Call call, string? catalogId)
    {
        if (catalogId is not null && catalogId != call.Account && catalogId != $"{call.Account}:AwsDataCatalog")
            throw GlueErrors.NotFound($"Catalog {catalogId} not found.");
    }

    public Database FindDatabase(Call call, string name) =>
        Databases.TryGet(Key(call, name), out var found) ? found : throw GlueErrors.NotFound($"Database {name} not found.");

    public Table FindTable(Call call, string database, string name, string? message = null)
    {
        FindDatabase(call, database);
        return Tables.TryGet(Key(call, database, name), out var found)
            ? found : throw GlueErrors.NotFound(message ?? $"Table {name} not found.");
    }

    public IReadOnlyList<Table> TablesOf(Call call, string database) =>
        [.. Tables.In(call.Account, call.Region).Where(table => table.DatabaseName == database)];

    public IReadOnlyList<Table> ArchiveOf(Call call, string database, string name) =>
        [.. Archive.In(call.Account, call.Region).Where(table => table.DatabaseName == database && table.Name == name)];

    public IReadOnlyList<Partition> PartitionsOf(Call call, string database, string name) =>
        [.. Partitions.In(call.Account, call.Region).Where(partition => partition.DatabaseName == database && partition.TableName == name)];

    public static ResourceKey PartitionKey(Call call, string database, string table, IReadOnlyList<string> values) =>
        Key(call, [database, table, .. values.Select(Uri.EscapeDataString)]);
}

/// <summary>A resource's tags, kept beside it because they are set by ARN.</summary>
internal sealed record ResourceTags(string Arn, IReadOnlyDictionary<string, string> Tags);

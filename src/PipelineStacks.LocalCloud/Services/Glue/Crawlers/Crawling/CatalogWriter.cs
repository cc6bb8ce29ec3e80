using System.Globalization;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>Brings a crawl's tables into the catalog, by the crawler's policies. What is already so is not written again.</summary>
internal sealed class CatalogWriter(CatalogState catalog, GlueTables tables, PartitionWriter partitions, TimeProvider time)
{
    /// <param name="isWhole">Whether tables that were not found are gone.</param>
    public CrawlCounts Write(Call role, Crawler crawler, IReadOnlyList<FoundTable> found, CrawlLog log, CrawlCounts counts, bool isWhole)
    {
        var database = CatalogState.Fold(crawler.DatabaseName, "databaseName");
        var existing = catalog.TablesOf(role, database);
        var taken = existing.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var table in found)
        {
            var before = existing.FirstOrDefault(other => IsAt(other, table.Location) && Belongs(other, crawler, table));
            var name = before?.Name ?? NewName(crawler, table, taken);
            taken.Add(name);
            counts = before is null ? Create(role, crawler, database, name, table, counts, log) : Update(role, crawler, before, table, counts, log);
            counts = partitions.Write(role, crawler, catalog.FindTable(role, database, name), table, counts, log);
        }

        return isWhole ? Retire(role, crawler, existing.Where(table => !found.Any(other => IsAt(table, other.Location))), counts, log) : counts;
    }

    private static bool IsAt(Table table, string location) => table.StorageDescriptor?.Location?.TrimEnd('/') == location.TrimEnd('/');

    // A table that somebody else made at the same place is the crawler's to keep when it has the name that it would give.
    private static bool Belongs(Table table, Crawler crawler, FoundTable found) =>
        OwnerOf(table) == crawler.Name || table.Name == TableNames.Of(crawler.TablePrefix, found.Name);

    private static string? OwnerOf(Table table) => table.Parameters?.GetValueOrDefault(TableShape.UpdatedBy);

    private static string NewName(Crawler crawler, FoundTable table, HashSet<string> taken) =>
        TableNames.Of(crawler.TablePrefix, table.Name) is var name && taken.Contains(name) ? TableNames.Hashed(name, table.Location) : name;

    private CrawlCounts Create(Call role, Crawler crawler, string database, string name, FoundTable table, CrawlCounts counts, CrawlLog log)
    {
        tables.Create(role, new(null, database, TableShape.Table(crawler, name, table, TableShape.Columns(table.Schema)), null, null));
        log.Info($"Created table {name} in database {database}");
        return counts with { TablesCreated = counts.TablesCreated + 1 };
    }

    private CrawlCounts Update(Call role, Crawler crawler, Table before, FoundTable table, CrawlCounts counts, CrawlLog log)
    {
        var detected = TableShape.Columns(table.Schema);
        var columns = CrawlerConfiguration.Parse(crawler.Configuration).MergesNewColumns ? WithNew(before.StorageDescriptor?.Columns ?? [], detected) : detected;
        var wanted = Kept(TableShape.Table(crawler, before.Name, table, columns), before);
        if (IsSame(wanted, before))
            return counts;
        if (crawler.SchemaChangePolicy?.UpdateBehavior == "LOG")
        {
            if (!Same(wanted.StorageDescriptor!.Columns, before.StorageDescriptor?.Columns))
                log.Info($"The schema of table {before.Name} in database {before.DatabaseName} has changed; it is not updated, as the crawler's UpdateBehavior is LOG.");
            return counts;
        }

        tables.Update(role, new(null, before.DatabaseName, wanted, SkipArchive: false, null, null, Force: false));
        log.Info($"Updated table {before.Name} in database {before.DatabaseName}");
        return counts with { TablesUpdated = counts.TablesUpdated + 1 };
    }

    // What others have added to the table stays; that it was gone does not.
    private static TableInput Kept(TableInput wanted, Table before)
    {
        var parameters = new SortedDictionary<string, string>(wanted.Parameters!.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in before.Parameters ?? new Dictionary<string, string>())
            if (name != TableShape.DeprecatedBy && !(name == "skip.header.line.count" && OwnerOf(before) is not null))
                parameters.TryAdd(name, value);
        return wanted with { Parameters = parameters, Description = before.Description, Owner = before.Owner ?? wanted.Owner };
    }

    private static IReadOnlyList<Column> WithNew(IReadOnlyList<Column> before, IReadOnlyList<Column> detected) =>
        [.. before, .. detected.Where(column => !before.Any(old => old.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)))];

    private static bool IsSame(TableInput wanted, Table before) =>
        Same(wanted.StorageDescriptor, before.StorageDescriptor) && Same(wanted.PartitionKeys, before.PartitionKeys) && Same(wanted.Parameters, before.Parameters);

    private static bool Same<T>(T first, T second) => JsonSerializer.Serialize(first) == JsonSerializer.Serialize(second);

    private CrawlCounts Retire(Call role, Crawler crawler, IEnumerable<Table> gone, CrawlCounts counts, CrawlLog log)
    {
        foreach (var table in gone.Where(table => OwnerOf(table) == crawler.Name && table.Parameters?.ContainsKey(TableShape.DeprecatedBy) != true))
        {
            switch (crawler.SchemaChangePolicy?.DeleteBehavior)
            {
                case "DELETE_FROM_DATABASE":
                    tables.Delete(role, new(null, table.DatabaseName, table.Name, null));
                    log.Info($"Deleted table {table.Name} in database {table.DatabaseName}");
                    counts = counts with { TablesDeleted = counts.TablesDeleted + 1 };
                    break;
                case "DEPRECATE_IN_DATABASE":
                    tables.Update(role, new(null, table.DatabaseName, Deprecated(table), SkipArchive: false, null, null, Force: false));
                    log.Info($"Deprecated table {table.Name} in database {table.DatabaseName}");
                    counts = counts with { TablesUpdated = counts.TablesUpdated + 1 };
                    break;
                default:
                    log.Info($"Table {table.Name} in database {table.DatabaseName} has no data any more; it is kept, as the crawler's DeleteBehavior is LOG.");
                    break;
            }
        }

        return counts;
    }

    private TableInput Deprecated(Table table) => new()
    {
        Name = table.Name,
        Description = table.Description,
        Owner = table.Owner,
        Retention = table.Retention,
        TableType = table.TableType,
        StorageDescriptor = table.StorageDescriptor,
        PartitionKeys = table.PartitionKeys,
        Parameters = new SortedDictionary<string, string>(table.Parameters!.ToDictionary(), StringComparer.Ordinal)
        {
            [TableShape.DeprecatedBy] = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        },
    };
}

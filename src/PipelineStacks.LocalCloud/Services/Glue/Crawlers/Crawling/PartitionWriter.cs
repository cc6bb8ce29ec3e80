using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>Brings a table's partitions into the catalog, by the crawler's policies.</summary>
internal sealed class PartitionWriter(CatalogState catalog, GluePartitions partitions)
{
    /// <param name="isWhole">Whether partitions that were not found are gone.</param>
    public CrawlCounts Write(Call role, Crawler crawler, Table table, FoundTable found, CrawlCounts counts, CrawlLog log, bool isWhole = true)
    {
        var keys = table.PartitionKeys ?? [];
        if (found.Depth != keys.Count)
        {
            log.Info($"The folders of table {table.Name} have {found.Depth} levels of partitions and the table {keys.Count} keys; its partitions are left as they are.");
            return counts;
        }

        if (found.Depth == 0)
            return counts;
        var existing = catalog.PartitionsOf(role, table.DatabaseName, table.Name).ToDictionary(partition => Key(partition.Values));
        var wanted = found.Parts.Select(part => Shape(crawler, table, found, part)).DistinctBy(input => Key(input.Values!)).ToList();
        var fresh = wanted.Where(input => !existing.ContainsKey(Key(input.Values!))).ToList();
        foreach (var input in fresh)
            partitions.Create(role, new(null, table.DatabaseName, table.Name, input));
        counts = counts with { PartitionsCreated = counts.PartitionsCreated + fresh.Count };
        if (fresh.Count > 0)
            log.Info($"Created partitions for table {table.Name}: {string.Join(", ", fresh.Take(20).Select(input => $"[{string.Join("/", input.Values!)}]"))}{(fresh.Count > 20 ? $" and {fresh.Count - 20} more" : "")}");
        if (crawler.SchemaChangePolicy?.UpdateBehavior != "LOG")
            counts = Update(role, table, wanted.Where(input => existing.TryGetValue(Key(input.Values!), out var before) && !IsSame(input, before)), counts);
        return isWhole && crawler.SchemaChangePolicy?.DeleteBehavior == "DELETE_FROM_DATABASE"
            ? Delete(role, table, existing.Values.ExceptBy(wanted.Select(input => Key(input.Values!)), partition => Key(partition.Values)), counts, log) : counts;
    }

    private static PartitionInput Shape(Crawler crawler, Table table, FoundTable found, FoundPart part)
    {
        if (!CrawlerConfiguration.Parse(crawler.Configuration).PartitionsInherit)
            return TableShape.Partition(found, part, TableShape.Columns(part.Schema), part.Schema);
        var own = TableShape.Partition(found, part, table.StorageDescriptor?.Columns ?? [], found.Schema);
        return own with { StorageDescriptor = table.StorageDescriptor! with { Location = part.Location, Parameters = own.Parameters } };
    }

    private CrawlCounts Update(Call role, Table table, IEnumerable<PartitionInput> changed, CrawlCounts counts)
    {
        foreach (var input in changed)
        {
            partitions.Update(role, new(null, table.DatabaseName, table.Name, input.Values!, input));
            counts = counts with { PartitionsUpdated = counts.PartitionsUpdated + 1 };
        }

        return counts;
    }

    private CrawlCounts Delete(Call role, Table table, IEnumerable<Partition> gone, CrawlCounts counts, CrawlLog log)
    {
        foreach (var partition in gone)
        {
            partitions.Delete(role, new(null, table.DatabaseName, table.Name, partition.Values));
            log.Info($"Deleted partition [{string.Join("/", partition.Values)}] of table {table.Name}");
            counts = counts with { PartitionsDeleted = counts.PartitionsDeleted + 1 };
        }

        return counts;
    }

    private static string Key(IReadOnlyList<string> values) => string.Join('\0', values);

    private static bool IsSame(PartitionInput wanted, Partition before) =>
        JsonSerializer.Serialize(wanted.StorageDescriptor) == JsonSerializer.Serialize(before.StorageDescriptor)
        && JsonSerializer.Serialize(wanted.Parameters) == JsonSerializer.Serialize(before.Parameters);
}

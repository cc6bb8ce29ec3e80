using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>
/// CRAWL_NEW_FOLDERS_ONLY: folders that were crawled before are not read again, and those that are new become partitions of the
/// tables that they lie in, where their schema is similar.
/// </summary>
internal sealed class NewFolders(CrawlerState state, CatalogState catalog, PartitionWriter partitions)
{
    /// <returns>Null where the crawler crawls everything.</returns>
    public HashSet<string>? Known(Call role, Crawler crawler) => crawler.RecrawlPolicy?.RecrawlBehavior != "CRAWL_NEW_FOLDERS_ONLY" ? null
        : state.Folders.TryGet(CrawlerState.Key(role, crawler.Name), out var crawled) ? [.. crawled.Folders] : [];

    /// <returns>The new folders that belong to no table yet.</returns>
    public (Folder Remaining, CrawlCounts Counts) Join(
        Call role, Crawler crawler, Folder all, HashSet<string> known, Survey survey, CrawlCounts counts, CrawlLog log)
    {
        var tables = catalog.TablesOf(role, CatalogState.Fold(crawler.DatabaseName, "databaseName"));
        var rest = Folder.Of(all.Bucket, all.Prefix);
        foreach (var folder in all.Leaves().Where(folder => known.Add(folder.Uri)).ToList())
        {
            if (tables.FirstOrDefault(table => IsWithin(folder, table)) is { } table)
                counts = Add(role, crawler, table, folder, survey, counts, log);
            else
                folder.Files.ForEach(rest.Add);
        }

        state.Folders.Put(CrawlerState.Key(role, crawler.Name), new([.. known.Order(StringComparer.Ordinal)]));
        return (rest, counts);
    }

    private static bool IsWithin(Folder folder, Table table) =>
        table.Parameters?.ContainsKey(TableShape.UpdatedBy) == true && table.PartitionKeys is { Count: > 0 }
        && table.StorageDescriptor?.Location is { } location && folder.Uri.StartsWith(location, StringComparison.Ordinal);

    private CrawlCounts Add(Call role, Crawler crawler, Table table, Folder folder, Survey survey, CrawlCounts counts, CrawlLog log)
    {
        if (survey.Leaf(folder) is not [var only] || only.Location != folder.Uri)
            return Refused("its files are not of one schema");
        var path = folder.Uri[table.StorageDescriptor!.Location!.Length..].TrimEnd('/').Split('/');
        var found = new FoundTable(table.Name, table.StorageDescriptor.Location, [only.Parts[0] with { Path = path }]);
        var columns = table.StorageDescriptor.Columns ?? [];
        var shared = columns.Count(column => only.Schema.Columns.Any(other => other.Name == column.Name));
        if (table.Parameters!.GetValueOrDefault("classification") != only.Schema.Format.Classification || 2.0 * shared / (columns.Count + only.Schema.Columns.Count) < 0.7)
            return Refused("its schema differs");
        return partitions.Write(role, crawler, table, found, counts, log, isWhole: false);

        CrawlCounts Refused(string why)
        {
            log.Info($"The folder {folder.Uri} is not added to table {table.Name}: {why}.");
            return counts;
        }
    }
}

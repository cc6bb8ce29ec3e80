using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>One crawl from listing to catalog. It writes only once everything has been read, and can be run again at any time.</summary>
internal sealed class Crawl(CrawlerState state, CatalogState catalog, CatalogWriter writer, NewFolders newFolders, IObjectStore store)
{
    /// <exception cref="CrawlException">A target or file can't be crawled; nothing has been written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing has been written.</exception>
    public CrawlCounts Run(Call role, Crawler crawler, CrawlLog log, CancellationToken stop)
    {
        var configuration = CrawlerConfiguration.Parse(crawler.Configuration);
        var database = CatalogState.Fold(crawler.DatabaseName, "databaseName");
        if (!catalog.Databases.TryGet(CatalogState.Key(role, database), out _))
            throw new CrawlException($"Database {database} doesn't exist. Create it before the crawler runs.");
        using var duckDb = new DuckDatabase();
        using var duck = duckDb.Connect();
        var classifier = new FileClassifier(duck, [.. (crawler.Classifiers ?? []).Select(name => Find(role, name))]);
        var known = newFolders.Known(role, crawler);
        var found = new List<FoundTable>();
        var counts = new CrawlCounts();
        foreach (var target in crawler.Targets!.S3Targets!)
        {
            stop.ThrowIfCancellationRequested();
            var folder = TargetListing.List(store, role, target);
            if (!folder.Leaves().Any())
                log.Info($"The S3 location {target.Path} holds no objects to crawl: no table is made for it.");
            var survey = new Survey(classifier, log, configuration.CombinesCompatible, configuration.Grouping?.TableLevelConfiguration, target.SampleSize, stop);
            if (known is not null)
                (folder, counts) = newFolders.Join(role, crawler, folder, known, survey, counts, log);
            found.AddRange(survey.Tables(folder));
        }

        if (found.Count > configuration.CrawlerOutput?.Tables?.TableThreshold)
            throw new CrawlException(
                $"The number of tables detected by crawler: {found.Count} is greater than the table threshold value provided: {configuration.CrawlerOutput.Tables.TableThreshold}. Failing crawler without writing to Data Catalog.");
        stop.ThrowIfCancellationRequested();
        log.Benchmark($"Classification complete, writing results to database {database}");
        counts = writer.Write(role, crawler, found, log, counts, isWhole: known is null);
        log.Benchmark("Finished writing to Catalog");
        return counts;
    }

    private Classifier Find(Call role, string name) => state.Classifiers.TryGet(CrawlerState.Key(role, name), out var classifier)
        ? classifier : throw new CrawlException($"The crawler's classifier {name} doesn't exist any more.");
}

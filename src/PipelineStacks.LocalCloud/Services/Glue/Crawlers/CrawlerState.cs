using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>Crawlers, their crawls and the custom classifiers.</summary>
internal sealed class CrawlerState(StateStore store) : ITaggedResources
{
    /// <summary>Held where a crawler and its crawl change together.</summary>
    public Lock Writing { get; } = new();

    public StateCollection<Crawler> Crawlers { get; } = store.Open<Crawler>("glue", "crawlers");

    public StateCollection<CrawlRun> Runs { get; } = store.Open<CrawlRun>("glue", "crawls");

    /// <summary>Which folders crawlers of CRAWL_NEW_FOLDERS_ONLY have crawled.</summary>
    public StateCollection<CrawledFolders> Folders { get; } = store.Open<CrawledFolders>("glue", "crawled-folders");

    public StateCollection<Classifier> Classifiers { get; } = store.Open<Classifier>("glue", "classifiers");

    public string Kind => "crawler";

    public bool Exists(Call call, string name) => Crawlers.TryGet(Key(call, name), out _);

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    public static ResourceKey KeyOf(CrawlRun run) => new(run.Account, run.Region, run.CrawlId);

    public static string Arn(Call call, string crawler) => call.Arn("glue", $"crawler/{crawler}");

    public Crawler Find(Call call, string name) => Crawlers.TryGet(Key(call, name), out var found) ? found : throw NotFound(name);

    public static ServiceException NotFound(string name) => GlueErrors.NotFound($"Crawler entry with name {name} does not exist");

    /// <summary>A crawler's crawls, the latest first.</summary>
    public IReadOnlyList<CrawlRun> RunsOf(string account, string region, string crawler) =>
        [.. Runs.In(account, region).Where(run => run.Crawler == crawler).OrderByDescending(run => run.StartedOn).ThenByDescending(run => run.CrawlId, StringComparer.Ordinal)];
}

/// <param name="Folders">As <c>s3://bucket/prefix/</c>.</param>
internal sealed record CrawledFolders(IReadOnlyList<string> Folders);

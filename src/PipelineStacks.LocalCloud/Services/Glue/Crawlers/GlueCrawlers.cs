using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>Crawlers: what they crawl, when, and what they do with what has changed.</summary>
internal sealed class GlueCrawlers(CrawlerState state, CrawlerSchedules schedules, GlueTags tags, TimeProvider time)
{
    public Empty Create(Call call, CreateCrawlerRequest request)
    {
        call.Authorize("glue:CreateCrawler", CrawlerState.Arn(call, request.Name));
        if (string.IsNullOrEmpty(request.Name) || request.Name.Length > 255)
            throw GlueErrors.Invalid("A crawler's name must have between 1 and 255 characters.");
        Check(call, request);
        var now = time.GetUtcNow();
        var crawler = Standard(new Crawler
        {
            Name = request.Name,
            CreationTime = now,
            LastUpdated = now,
            Schedule = string.IsNullOrEmpty(request.Schedule) ? null : CrawlerSchedules.Of(request.Schedule),
        }, request);
        if (!state.Crawlers.TryAdd(CrawlerState.Key(call, request.Name), crawler))
            throw new ServiceException("AlreadyExistsException", $"{request.Name} already exists");
        if (request.Tags is { Count: > 0 })
            tags.Put(call, CrawlerState.Arn(call, request.Name), request.Tags);
        schedules.Arm(CrawlerState.Key(call, request.Name));
        return Empty.Value;
    }

    /// <summary>Changes what the request names and leaves the rest.</summary>
    public Empty Update(Call call, UpdateCrawlerRequest request)
    {
        call.Authorize("glue:UpdateCrawler", CrawlerState.Arn(call, request.Name));
        lock (state.Writing)
        {
            var before = Ready(call, request.Name);
            var after = Changed(before, request);
            Check(call, after);
            state.Crawlers.Put(CrawlerState.Key(call, request.Name), after with
            {
                Schedule = request.Schedule switch { null => before.Schedule, "" => null, var text => CrawlerSchedules.Of(text) },
                LastUpdated = time.GetUtcNow(),
                Version = before.Version + 1,
            });
        }

        schedules.Arm(CrawlerState.Key(call, request.Name));
        return Empty.Value;
    }

    public GetCrawlerResponse Get(Call call, CrawlerRequest request)
    {
        call.Authorize("glue:GetCrawler", CrawlerState.Arn(call, request.Name));
        return new(Shown(state.Find(call, request.Name)));
    }

    public GetCrawlersResponse GetAll(Call call, GetCrawlersRequest request)
    {
        call.Authorize("glue:GetCrawlers", "*");
        var page = GluePages.Of(state.Crawlers.In(call.Account, call.Region).Select(Shown), request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public ListCrawlersResponse List(Call call, ListCrawlersRequest request)
    {
        call.Authorize("glue:ListCrawlers", "*");
        var names = state.Crawlers.In(call.Account, call.Region).Select(crawler => crawler.Name).Where(name => IsTagged(call, name, request.Tags));
        var page = GluePages.Of(names, request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public BatchGetCrawlersResponse BatchGet(Call call, BatchGetCrawlersRequest request)
    {
        call.Authorize("glue:BatchGetCrawlers", "*");
        var found = request.CrawlerNames.Where(name => state.Exists(call, name)).ToList();
        return new([.. found.Select(name => Shown(state.Find(call, name)))], [.. request.CrawlerNames.Except(found)]);
    }

    public Empty Delete(Call call, CrawlerRequest request)
    {
        call.Authorize("glue:DeleteCrawler", CrawlerState.Arn(call, request.Name));
        var key = CrawlerState.Key(call, request.Name);
        lock (state.Writing)
        {
            Ready(call, request.Name);
            foreach (var run in state.RunsOf(call.Account, call.Region, request.Name))
                state.Runs.Remove(CrawlerState.KeyOf(run));
            state.Folders.Remove(key);
            state.Crawlers.Remove(key);
        }

        schedules.Arm(key);
        tags.Forget(call, CrawlerState.Arn(call, request.Name));
        return Empty.Value;
    }

    private Crawler Ready(Call call, string name) =>
        state.Find(call, name) is { State: "READY" } crawler ? crawler : throw CrawlerErrors.Running(name);

    private void Check(Call call, CrawlerSettings settings)
    {
        CrawlerRules.Check(settings);
        foreach (var classifier in settings.Classifiers ?? [])
            if (!state.Classifiers.TryGet(CrawlerState.Key(call, classifier), out _))
                throw GlueErrors.NotFound($"Classifier {classifier} not found.");
    }

    private bool IsTagged(Call call, string name, IReadOnlyDictionary<string, string>? wanted) =>
        wanted is null || tags.Of(call, CrawlerState.Arn(call, name)) is var has && wanted.All(tag => has.TryGetValue(tag.Key, out var value) && value == tag.Value);

    private Crawler Shown(Crawler crawler) => crawler.State is "READY" || crawler.LastCrawl is null
        ? crawler : crawler with { CrawlElapsedTime = (long)(time.GetUtcNow() - crawler.LastCrawl.StartTime).TotalMilliseconds };

    private static Crawler Changed(Crawler before, CrawlerSettings change) => before with
    {
        Role = change.Role ?? before.Role,
        DatabaseName = change.DatabaseName ?? before.DatabaseName,
        Description = change.Description ?? before.Description,
        Targets = change.Targets ?? before.Targets,
        Classifiers = change.Classifiers ?? before.Classifiers,
        TablePrefix = change.TablePrefix ?? before.TablePrefix,
        SchemaChangePolicy = change.SchemaChangePolicy is { } policy
            ? new(policy.UpdateBehavior ?? before.SchemaChangePolicy?.UpdateBehavior, policy.DeleteBehavior ?? before.SchemaChangePolicy?.DeleteBehavior)
            : before.SchemaChangePolicy,
        RecrawlPolicy = change.RecrawlPolicy ?? before.RecrawlPolicy,
        LineageConfiguration = change.LineageConfiguration ?? before.LineageConfiguration,
        LakeFormationConfiguration = change.LakeFormationConfiguration ?? before.LakeFormationConfiguration,
        Configuration = change.Configuration ?? before.Configuration,
        CrawlerSecurityConfiguration = change.CrawlerSecurityConfiguration ?? before.CrawlerSecurityConfiguration,
    };

    private static Crawler Standard(Crawler fresh, CrawlerSettings settings) => Changed(
        fresh with
        {
            Classifiers = [],
            SchemaChangePolicy = CrawlerRules.StandardPolicy,
            RecrawlPolicy = new("CRAWL_EVERYTHING"),
            LineageConfiguration = new("DISABLE"),
            LakeFormationConfiguration = new(false, ""),
        }, settings);
}

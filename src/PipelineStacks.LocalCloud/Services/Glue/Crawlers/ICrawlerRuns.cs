using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>Crawls for those inside the cloud who start them: triggers and workflows.</summary>
internal interface ICrawlerRuns
{
    /// <summary>Starts a crawl, which runs on the cloud's clock after the caller has gone on.</summary>
    /// <param name="origin">The trigger and workflow run that it is started by; null for users and schedules.</param>
    /// <exception cref="ServiceException"><c>EntityNotFoundException</c>, <c>CrawlerRunningException</c>.</exception>
    CrawlRun Start(Call call, string crawler, CrawlOrigin? origin = null);

    /// <summary>Asks the running crawl to stop; its end is told as every other's.</summary>
    /// <exception cref="ServiceException"><c>EntityNotFoundException</c>, <c>CrawlerNotRunningException</c>, <c>CrawlerStoppingException</c>.</exception>
    void Stop(Call call, string crawler);

    /// <summary>A crawl by its id, whether it runs or has ended; null where there is none, or none any more.</summary>
    CrawlRun? Find(string account, string region, string crawlId);
}

/// <summary>Who is told when a crawl has ended. Registered as a singleton.</summary>
internal interface ICrawlObserver
{
    /// <summary>Runs on the cloud's clock. Told at least once, also after the cloud was killed in between: know crawls by their id.</summary>
    Task OnCrawlEndedAsync(CrawlRun run);
}

internal sealed record CrawlOrigin(string? Trigger, string? WorkflowRunId);

/// <summary>One crawl.</summary>
internal sealed record CrawlRun
{
    public const string Running = "RUNNING";
    public const string Stopping = "CANCELLING";
    public const string Succeeded = "SUCCEEDED";
    public const string Cancelled = "CANCELLED";
    public const string Failed = "FAILED";

    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Crawler { get; init; }

    public required string CrawlId { get; init; }

    /// <summary>In the words of triggers and workflow graphs: RUNNING, CANCELLING, SUCCEEDED, CANCELLED, FAILED.</summary>
    public string State { get; init; } = Running;

    public required DateTimeOffset StartedOn { get; init; }

    public DateTimeOffset? CompletedOn { get; init; }

    public string? ErrorMessage { get; init; }

    public required string LogGroup { get; init; }

    public required string LogStream { get; init; }

    public CrawlOrigin? Origin { get; init; }

    public CrawlCounts Counts { get; init; } = new();

    /// <summary>How long the crawl took, measured on the machine's clock: under virtual time it takes none of the cloud's.</summary>
    public double Seconds { get; init; }

    /// <summary>False as long as the observers of an ended crawl may not have heard of it.</summary>
    public bool Told { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOver => State is Succeeded or Cancelled or Failed;
}

/// <summary>What a crawl changed in the catalog.</summary>
internal sealed record CrawlCounts
{
    public int TablesCreated { get; init; }

    public int TablesUpdated { get; init; }

    public int TablesDeleted { get; init; }

    public int PartitionsCreated { get; init; }

    public int PartitionsUpdated { get; init; }

    public int PartitionsDeleted { get; init; }
}

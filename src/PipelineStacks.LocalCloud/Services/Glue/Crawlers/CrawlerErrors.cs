using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>The crawlers' errors, in Glue's words.</summary>
internal static class CrawlerErrors
{
    public static ServiceException Running(string name) => new("CrawlerRunningException", $"Crawler with name {name} has already started");

    public static ServiceException NotRunning(string name) => new("CrawlerNotRunningException", $"Crawler with name {name} isn't running");

    public static ServiceException Stopping(string name) => new("CrawlerStoppingException", $"Crawler with name {name} is stopping");
}

/// <summary>Why a crawl fails, for its user.</summary>
internal sealed class CrawlException(string message) : Exception(message);

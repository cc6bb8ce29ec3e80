using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Logs;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>A crawl's lines in <c>/aws-glue/crawlers</c>, each with the crawl's id before it, in the stream of its crawler.</summary>
internal sealed class CrawlLog(ILogSink sink, LogGroups groups, LogStreams streams, TimeProvider time, Call role, CrawlRun run)
{
    public const string Group = "/aws-glue/crawlers";

    public void Info(string message) => Write("INFO", message);

    public void Error(string message) => Write("ERROR", message);

    /// <summary>Where a crawl is.</summary>
    public void Benchmark(string message) => Write("BENCHMARK", message);

    private void Write(string level, string message)
    {
        var line = $"[{run.CrawlId}] {level} : {message}";
        if (Send(line))
            return;
        Once(() => groups.Create(role, new() { LogGroupName = run.LogGroup }));
        Once(() => streams.Create(role, new() { LogGroupName = run.LogGroup, LogStreamName = run.LogStream }));
        Send(line);
    }

    private bool Send(string line) => sink.Write(run.Account, run.Region, run.LogGroup, run.LogStream, time.GetUtcNow(), line);

    private static void Once<T>(Func<T> create)
    {
        try
        {
            create();
        }
        catch (ServiceException error) when (error.Code == "ResourceAlreadyExistsException")
        {
            // Another crawl has made it: what this one wants is so.
        }
    }
}

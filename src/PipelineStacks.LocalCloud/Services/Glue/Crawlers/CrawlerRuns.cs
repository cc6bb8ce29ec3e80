using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;
using PipelineStacks.LocalCloud.Services.Logs;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>
/// Runs crawls. One that the cloud's end interrupted is crawled anew after the next start, under the same id: crawling twice finds
/// the same. Only then are its observers told.
/// </summary>
internal sealed class CrawlerRuns(
    CrawlerState state, CrawlerSchedules schedules, Crawl crawl, CrawlEvents events, Callers callers, CloudClock clock, ILogSink sink, LogGroups groups,
    LogStreams streams, IServiceProvider services, ILogger<CrawlerRuns> log)
    : ICrawlerRuns, IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _stops = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    public Empty Start(Call call, CrawlerRequest request)
    {
        Start(call, request.Name);
        return Empty.Value;
    }

    public Empty Stop(Call call, CrawlerRequest request)
    {
        Stop(call, request.Name);
        return Empty.Value;
    }

    public CrawlRun Start(Call call, string crawler, CrawlOrigin? origin = null)
    {
        call.Authorize("glue:StartCrawler", CrawlerState.Arn(call, crawler));
        CrawlRun run;
        lock (state.Writing)
        {
            var found = state.Find(call, crawler);
            if (found.State != "READY")
                throw CrawlerErrors.Running(crawler);
            run = new()
            {
                Account = call.Account,
                Region = call.Region,
                Crawler = crawler,
                CrawlId = Guid.NewGuid().ToString(),
                StartedOn = clock.GetUtcNow(),
                LogGroup = CrawlLog.Group,
                LogStream = crawler,
                Origin = origin,
            };
            state.Runs.Put(CrawlerState.KeyOf(run), run);
            state.Crawlers.Put(CrawlerState.Key(call, crawler), found with { State = "RUNNING" });
        }

        Schedule(run);
        return run;
    }

    public void Stop(Call call, string crawler)
    {
        call.Authorize("glue:StopCrawler", CrawlerState.Arn(call, crawler));
        lock (state.Writing)
        {
            var found = state.Find(call, crawler);
            if (found.State == "STOPPING")
                throw CrawlerErrors.Stopping(crawler);
            if (found.State == "READY" || state.RunsOf(call.Account, call.Region, crawler).FirstOrDefault(run => !run.IsOver) is not { } run)
                throw CrawlerErrors.NotRunning(crawler);
            state.Runs.Put(CrawlerState.KeyOf(run), run with { State = CrawlRun.Stopping });
            state.Crawlers.Put(CrawlerState.Key(call, crawler), found with { State = "STOPPING" });
            if (_stops.TryGetValue(run.CrawlId, out var stop))
                stop.Cancel();
        }
    }

    public CrawlRun? Find(string account, string region, string crawlId) => state.Runs.TryGet(new(account, region, crawlId), out var run) ? run : null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, _) in state.Crawlers.All.ToList())
            schedules.Arm(key);
        foreach (var run in state.Runs.All.Select(item => item.Value).ToList())
        {
            if (!run.IsOver)
                Schedule(run);
            else if (!run.Told)
                clock.After(TimeSpan.Zero, $"telling the end of the crawl {run.CrawlId}", () => TellAsync(run));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _closing.CancelAsync();

    public void Dispose() => _closing.Dispose();

    private void Schedule(CrawlRun run)
    {
        _stops[run.CrawlId] = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        clock.After(TimeSpan.Zero, $"the crawl {run.CrawlId} of {run.Crawler}", () => RunAsync(CrawlerState.KeyOf(run)));
    }

    private async Task RunAsync(ResourceKey key)
    {
        using var stop = _stops.GetValueOrDefault(key.Name);
        // Deleted with its account's crawlers, or the cloud is closing.
        if (stop is null || _closing.IsCancellationRequested || !state.Runs.TryGet(key, out var run)
            || !state.Crawlers.TryGet(key with { Name = run.Crawler }, out var crawler))
            return;
        var started = Stopwatch.GetTimestamp();
        var role = callers.ForRole(RoleArn(crawler, key.Account), key.Region, "AWS-Crawler");
        var lines = new CrawlLog(sink, groups, streams, clock, role, run);
        var (ended, counts, error) = (CrawlRun.Cancelled, new CrawlCounts(), (string?)null);
        lines.Benchmark($"Running Start Crawl for Crawler {crawler.Name}");
        events.Started(run);
        try
        {
            if (run.State == CrawlRun.Running)
                (ended, counts) = (CrawlRun.Succeeded, crawl.Run(role, crawler, lines, stop.Token));
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            log.LogInformation("The crawl {Id} goes on when the cloud starts again", run.CrawlId);
            return;
        }
        catch (OperationCanceledException)
        {
            lines.Info("The crawl was stopped by its user.");
        }
        catch (Exception failure) when (failure is CrawlException or ServiceException)
        {
            (ended, error) = (CrawlRun.Failed, failure.Message);
        }
        catch (Exception defect)
        {
            // A defect of the cloud must not leave the crawler running for ever.
            log.LogError(defect, "The crawl {Id} of {Crawler} failed", run.CrawlId, run.Crawler);
            (ended, error) = (CrawlRun.Failed, $"Internal Service Exception: {defect.Message}");
        }

        if (error is not null)
            lines.Error(error);
        lines.Benchmark("Crawler has finished running and is in state READY");
        await TellAsync(End(run with
        {
            State = ended,
            CompletedOn = clock.GetUtcNow(),
            ErrorMessage = error,
            Counts = counts,
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        }));
    }

    private CrawlRun End(CrawlRun run)
    {
        _stops.TryRemove(run.CrawlId, out _);
        lock (state.Writing)
        {
            state.Runs.Put(CrawlerState.KeyOf(run), run);
            state.Crawlers.Update(CrawlerState.KeyOf(run) with { Name = run.Crawler }, crawler => crawler with
            {
                State = "READY",
                LastCrawl = new(run.State, run.ErrorMessage, run.LogGroup, run.LogStream, run.CrawlId, run.StartedOn),
            });
        }

        return run;
    }

    private async Task TellAsync(CrawlRun run)
    {
        events.Ended(run);
        foreach (var observer in (IEnumerable<ICrawlObserver>)services.GetService(typeof(IEnumerable<ICrawlObserver>))!)
            await observer.OnCrawlEndedAsync(run);
        state.Runs.Update(CrawlerState.KeyOf(run), ended => ended with { Told = true });
    }

    private static string RoleArn(Crawler crawler, string account) =>
        crawler.Role!.StartsWith("arn:", StringComparison.Ordinal) ? crawler.Role : $"arn:aws:iam::{account}:role/{crawler.Role}";
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;
using PipelineStacks.LocalCloud.Services.Schedules;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>Crawlers' schedules: each due time is one wait on the clock, which the crawler's change or end replaces.</summary>
internal sealed class CrawlerSchedules(CrawlerState state, Callers callers, CloudClock clock, IServiceProvider services) : IDisposable
{
    private const string Scheduled = "SCHEDULED";
    private const string NotScheduled = "NOT_SCHEDULED";

    private readonly ResourceTimers _timers = new(clock);

    /// <exception cref="ServiceException">It is no cron expression.</exception>
    public static CrawlerSchedule Of(string expression) => CronSchedule.Parse(expression) is null
        ? throw GlueErrors.Invalid($"The schedule {expression} is not valid. Write it as cron(minutes hours day-of-month month day-of-week year), such as cron(15 12 * * ? *).")
        : new(expression, Scheduled);

    public Empty Start(Call call, CrawlerScheduleRequest request) => Change(call, "glue:StartCrawlerSchedule", request.CrawlerName, schedule => schedule switch
    {
        null => throw new ServiceException("NoScheduleException", $"The crawler {request.CrawlerName} has no schedule."),
        { State: Scheduled } => throw new ServiceException("SchedulerRunningException", $"The schedule of the crawler {request.CrawlerName} is already running."),
        _ => schedule with { State = Scheduled },
    });

    public Empty Stop(Call call, CrawlerScheduleRequest request) => Change(call, "glue:StopCrawlerSchedule", request.CrawlerName, schedule => schedule switch
    {
        null or { State: NotScheduled } => throw new ServiceException("SchedulerNotRunningException", $"The schedule of the crawler {request.CrawlerName} is not running."),
        _ => schedule with { State = NotScheduled },
    });

    public Empty Update(Call call, UpdateCrawlerScheduleRequest request) =>
        Change(call, "glue:UpdateCrawlerSchedule", request.CrawlerName, _ => string.IsNullOrEmpty(request.Schedule) ? null : Of(request.Schedule));

    /// <summary>Waits for the crawler's next due time, or no longer.</summary>
    public void Arm(ResourceKey key)
    {
        var due = state.Crawlers.TryGet(key, out var crawler) && crawler.Schedule is { State: Scheduled } schedule
            ? CronSchedule.Parse(schedule.ScheduleExpression)?.Next(clock.GetUtcNow())
            : null;
        _timers.Arm(key, due, $"the schedule of the crawler {key.Name}", () =>
        {
            Arm(key);
            Crawl(key);
        });
    }

    public void Dispose() => _timers.Stop();

    // A crawl that still runs at the next due time goes on, and this one is left out, as Glue does.
    private void Crawl(ResourceKey key)
    {
        if (state.Crawlers.TryGet(key, out var crawler) && crawler.State == "READY")
            ((ICrawlerRuns)services.GetService(typeof(ICrawlerRuns))!).Start(callers.ForService(key.Account, key.Region, "glue.amazonaws.com"), crawler.Name);
    }

    private Empty Change(Call call, string action, string name, Func<CrawlerSchedule?, CrawlerSchedule?> change)
    {
        call.Authorize(action, CrawlerState.Arn(call, name));
        var key = CrawlerState.Key(call, name);
        lock (state.Writing)
        {
            var crawler = state.Find(call, name);
            state.Crawlers.Put(key, crawler with { Schedule = change(crawler.Schedule) });
        }

        Arm(key);
        return Empty.Value;
    }
}

using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers;
using PipelineStacks.LocalCloud.Services.Glue.Jobs;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Hears of the ends of job runs and crawls, and after a restart asks what it has missed.</summary>
internal sealed class RunObserver(WorkflowState state, WorkflowEngine engine, TriggerFiring firing, CloudClock clock)
    : IJobRunObserver, ICrawlObserver, IHostedService
{
    public Task OnJobRunEndedAsync(JobRunEnd end)
    {
        if (end.Origin is { WorkflowRunId: { } run })
            engine.Ended(end.Where with { Name = run }, end.Run.Id, end.Run.JobRunState, end.RetryId);
        else if (end is { Origin: not null, RetryId: null })
            firing.Ended(end.Where.Account, end.Where.Region, Conditions.NameOf(end.Run.JobName, null), end.Run.JobRunState);
        return Task.CompletedTask;
    }

    public Task OnCrawlEndedAsync(CrawlRun run)
    {
        if (run.Origin is { WorkflowRunId: { } workflowRun })
            engine.Ended(new ResourceKey(run.Account, run.Region, workflowRun), run.CrawlId, run.State, null);
        else if (run.Origin is { Trigger: not null })
            firing.Ended(run.Account, run.Region, Conditions.NameOf(null, run.Crawler), run.State);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var key in state.Runs.All.Where(item => item.Value.IsOpen).OrderBy(item => item.Value.Number).Select(item => item.Key).ToList())
            clock.After(TimeSpan.Zero, $"going on with the workflow run {key.Name}", () =>
            {
                engine.Recover(key);
                return Task.CompletedTask;
            });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers;
using PipelineStacks.LocalCloud.Services.Glue.Jobs;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>Starts, stops and finds again the job runs and crawls of triggers.</summary>
internal sealed class ActionStarter(IJobRuns jobs, ICrawlerRuns crawlers, CrawlerState crawls, Callers callers)
{
    /// <returns>The id of the job run or crawl.</returns>
    /// <exception cref="ServiceException">It can't be started.</exception>
    public string Start(string account, string region, string trigger, string? workflow, string? workflowRun, TriggerAction action)
    {
        var call = Call(account, region);
        if (action.CrawlerName is { } crawler)
            return crawlers.Start(call, crawler, new(trigger, workflowRun)).CrawlId;
        var request = new StartJobRunRequest
        {
            JobName = action.JobName!,
            Arguments = action.Arguments,
            Timeout = action.Timeout,
            SecurityConfiguration = action.SecurityConfiguration,
            NotificationProperty = action.NotificationProperty,
        };
        return jobs.Start(call, request, new(trigger, workflow, workflowRun)).Id;
    }

    /// <summary>The action as it is after an attempt to start it.</summary>
    public StoredAction Start(StoredRun run, StoredAction action)
    {
        var what = run.Triggers.First(trigger => trigger.Name == action.Trigger).Actions[action.Index];
        try
        {
            return action with { State = StoredAction.Running, RunId = Start(run.Account, run.Region, action.Trigger, run.Workflow, run.RunId, what) };
        }
        catch (ServiceException error)
        {
            return action with { State = StoredAction.Error, ErrorMessage = error.Message };
        }
    }

    /// <summary>Asks what still runs to stop; its end is told as any other's.</summary>
    public void Stop(StoredRun run, StoredAction action)
    {
        var call = Call(run.Account, run.Region);
        try
        {
            if (action.Job is { } job)
                jobs.Stop(call, job, action.RunId!);
            else
                crawlers.Stop(call, action.Crawler!);
        }
        catch (ServiceException error) when (error.Code is "CrawlerNotRunningException" or "CrawlerStoppingException" or "EntityNotFoundException")
        {
            // It has ended or is ending: what stopping wants is so.
        }
    }

    /// <summary>The action after the cloud's restart: with what it started before the end, if it did.</summary>
    public StoredAction Recover(StoredRun run, StoredAction action) => action.Job is not null ? RecoverJob(run, action) : RecoverCrawl(run, action);

    /// <summary>The job runs of an action, retries included.</summary>
    public IReadOnlyList<JobRun> RunsOf(StoredRun run, StoredAction action)
    {
        if (action.RunId is not { } id)
            return [];
        var started = StartedBy(run, action).Where(one => Root(one.Id) == Root(id)).ToList();
        // What a resumed run takes over was started by the run before it.
        return started.Count > 0 || jobs.Find(Call(run.Account, run.Region), action.Job!, id) is not { } before ? started : [before];
    }

    public CrawlRun? CrawlOf(StoredRun run, StoredAction action) =>
        action.RunId is { } id ? crawlers.Find(run.Account, run.Region, id) : null;

    private StoredAction RecoverJob(StoredRun run, StoredAction action)
    {
        // One that was started in the moment of the end belongs to no action yet.
        var known = run.Actions.Where(one => one.RunId is not null && !one.IsSame(action)).Select(one => Root(one.RunId!)).ToHashSet();
        var found = action.RunId is null
            ? StartedBy(run, action).LastOrDefault(one => !known.Contains(Root(one.Id)))
            : RunsOf(run, action) is [.., var last] ? last : null;
        if (found is not null)
            return action with { RunId = found.Id, State = JobRunStates.AreOver(found.JobRunState) ? found.JobRunState : StoredAction.Running };
        return action.RunId is null ? Start(run, action) : Lost(action, $"The run {action.RunId} of job {action.Job} is not there any more.");
    }

    private StoredAction RecoverCrawl(StoredRun run, StoredAction action)
    {
        var found = action.RunId is { } id
            ? crawlers.Find(run.Account, run.Region, id)
            : crawls.RunsOf(run.Account, run.Region, action.Crawler!).FirstOrDefault(one => one.Origin == new CrawlOrigin(action.Trigger, run.RunId));
        if (found is not null)
            return action with { RunId = found.CrawlId, State = found.IsOver ? found.State : StoredAction.Running };
        return action.RunId is null ? Start(run, action) : Lost(action, $"The crawl {action.RunId} of {action.Crawler} is not there any more.");
    }

    private static StoredAction Lost(StoredAction action, string message) => action with { State = StoredAction.Error, ErrorMessage = message };

    private IEnumerable<JobRun> StartedBy(StoredRun run, StoredAction action) =>
        jobs.StartedBy(Call(run.Account, run.Region), new(action.Trigger, run.Workflow, run.RunId)).Where(one => one.JobName == action.Job);

    /// <summary>What all attempts of a job run share: retries are named after the first one.</summary>
    public static string Root(string id) => id.IndexOf("_attempt_", StringComparison.Ordinal) is var at and >= 0 ? id[..at] : id;

    private Call Call(string account, string region) => callers.ForService(account, region, "glue.amazonaws.com");
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>Job runs for the triggers and workflows. Clients come by the API, which goes through the same.</summary>
internal interface IJobRuns
{
    /// <summary>Starts a run; it does its work later, on the cloud's clock.</summary>
    /// <exception cref="ServiceException">
    /// <c>EntityNotFoundException</c>, <c>ConcurrentRunsExceededException</c>, <c>InvalidInputException</c>: nothing was started.
    /// </exception>
    JobRun Start(Call call, StartJobRunRequest request, JobRunOrigin? origin = null);

    /// <summary>Asks a run to stop. It is over soon after; its end is announced as any other's. A run that is over stays as it is.</summary>
    /// <exception cref="ServiceException"><c>EntityNotFoundException</c>.</exception>
    void Stop(Call call, string jobName, string runId);

    /// <returns>Null where there is no such run.</returns>
    JobRun? Find(Call call, string jobName, string runId);

    /// <summary>The runs that an origin started, retries included, in the order of their start.</summary>
    IReadOnlyList<JobRun> StartedBy(Call call, JobRunOrigin origin);

    /// <summary>What started a run, its retries included; null for runs that clients started themselves.</summary>
    JobRunOrigin? OriginOf(Call call, JobRun run);
}

/// <summary>The trigger that starts a run, and the workflow run that it does so in.</summary>
internal sealed record JobRunOrigin(string TriggerName, string? WorkflowName = null, string? WorkflowRunId = null);

/// <summary>Who is told of every end of a run. Registered as a singleton.</summary>
internal interface IJobRunObserver
{
    /// <summary>
    /// Runs on the cloud's clock after the end is on disk. A kill in between loses the call: at a start observers look at what
    /// they wait for with <see cref="IJobRuns.Find"/>.
    /// </summary>
    Task OnJobRunEndedAsync(JobRunEnd end);
}

/// <summary>The end of a run.</summary>
/// <param name="Where">The account and Region; the name is the run's key.</param>
/// <param name="RetryId">The run that tries again, so that this end is not the last word; null where there is none.</param>
internal sealed record JobRunEnd(ResourceKey Where, JobRun Run, JobRunOrigin? Origin, string? RetryId);

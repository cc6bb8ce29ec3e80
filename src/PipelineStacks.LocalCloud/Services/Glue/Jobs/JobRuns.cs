using System.Globalization;
using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>Starting, watching and stopping runs.</summary>
internal sealed class JobRuns(JobState state, JobRunner runner, TimeProvider time) : IJobRuns, IGlueOperations
{
    public OperationTable AddTo(OperationTable table) => table
        .Add<StartJobRunRequest, StartJobRunResponse>("StartJobRun", (call, request) => new(Start(call, request).Id))
        .Add<GetJobRunRequest, GetJobRunResponse>("GetJobRun", Get)
        .Add<GetJobRunsRequest, GetJobRunsResponse>("GetJobRuns", List)
        .Add<BatchStopJobRunRequest, BatchStopJobRunResponse>("BatchStopJobRun", BatchStop);

    public JobRun Start(Call call, StartJobRunRequest request, JobRunOrigin? origin = null)
    {
        call.Authorize("glue:StartJobRun", JobState.Arn(call, request.JobName));
        StoredRun stored;
        lock (state.Writing)
        {
            var definition = state.FindJob(call, request.JobName);
            var previous = request.JobRunId is { } id ? state.FindRun(call, request.JobName, id) : null;
            if (previous is { IsOver: false })
                throw GlueErrors.Invalid($"Job run {previous.Run.Id} is {previous.Run.JobRunState}: only a run that is over can be started again.");
            var job = JobRules.ForRun(definition, request);
            var given = WithWorkflow(request.Arguments ?? previous?.Run.Arguments, origin);
            var arguments = JobRules.Arguments(job, given);
            var open = state.RunsOf(call.Account, call.Region, job.Name).Count(run => !run.IsOver && run.Run.JobRunState != JobRunStates.Waiting);
            var waits = open >= job.ExecutionProperty.MaxConcurrentRuns;
            if (waits && job.JobRunQueuingEnabled is not true)
                throw new ServiceException("ConcurrentRunsExceededException", $"Concurrent runs exceeded for {job.Name}");
            stored = new(Make(job, previous, given, origin, waits), NextNumber(state), job.Role, job.Command.ScriptLocation!, arguments, job.MaxRetries, origin);
            state.Runs.Put(JobState.RunKey(call, job.Name, stored.Run.Id), stored);
        }

        if (stored.Run.JobRunState is JobRunStates.Starting)
            runner.Schedule(JobState.RunKey(call, stored.Run.JobName, stored.Run.Id), stored.Run);
        return stored.Run;
    }

    public void Stop(Call call, string jobName, string runId)
    {
        call.Authorize("glue:BatchStopJobRun", JobState.Arn(call, jobName));
        var key = JobState.RunKey(call, jobName, runId);
        lock (state.Writing)
        {
            var run = state.FindRun(call, jobName, runId);
            if (run.IsOver || run.Run.JobRunState is JobRunStates.Stopping)
                return;
            state.Runs.Put(key, run with { Run = run.Run with { JobRunState = JobRunStates.Stopping, LastModifiedOn = time.GetUtcNow() } });
        }

        runner.Stop(key, runId);
    }

    public JobRun? Find(Call call, string jobName, string runId)
    {
        call.Authorize("glue:GetJobRun", JobState.Arn(call, jobName));
        return state.Runs.TryGet(JobState.RunKey(call, jobName, runId), out var found) ? found.Run : null;
    }

    public IReadOnlyList<JobRun> StartedBy(Call call, JobRunOrigin origin)
    {
        call.Authorize("glue:GetJobRuns", JobState.Arn(call, "*"));
        return [.. state.Runs.In(call.Account, call.Region).Where(run => run.Origin == origin).OrderBy(run => run.Number).Select(run => run.Run)];
    }

    public JobRunOrigin? OriginOf(Call call, JobRun run) => state.FindRun(call, run.JobName, run.Id).Origin;

    private GetJobRunResponse Get(Call call, GetJobRunRequest request)
    {
        call.Authorize("glue:GetJobRun", JobState.Arn(call, request.JobName));
        return new(state.FindRun(call, request.JobName, request.RunId).Run);
    }

    private GetJobRunsResponse List(Call call, GetJobRunsRequest request)
    {
        call.Authorize("glue:GetJobRuns", JobState.Arn(call, request.JobName));
        state.FindJob(call, request.JobName);
        var runs = state.RunsOf(call.Account, call.Region, request.JobName).Select(run => run.Run);
        var page = GluePages.Of(runs, request.NextToken, request.MaxResults, 200);
        return new(page.Items, page.Next);
    }

    private BatchStopJobRunResponse BatchStop(Call call, BatchStopJobRunRequest request)
    {
        call.Authorize("glue:BatchStopJobRun", JobState.Arn(call, request.JobName));
        state.FindJob(call, request.JobName);
        var (stopped, errors) = (new List<BatchStopJobRunSuccessfulSubmission>(), new List<BatchStopJobRunError>());
        foreach (var id in request.JobRunIds)
        {
            try
            {
                Stop(call, request.JobName, id);
                stopped.Add(new(request.JobName, id));
            }
            catch (ServiceException error)
            {
                errors.Add(new(request.JobName, id, new("JobRunNotFoundException", error.Message)));
            }
        }

        return new(stopped, errors);
    }

    /// <summary>The next attempt of a run that failed, kept and not yet begun. Called by who holds the lock.</summary>
    public static StoredRun Retry(JobState state, ResourceKey key, StoredRun failed, DateTimeOffset now)
    {
        var attempt = failed.Run.Attempt + 1;
        var retry = failed with
        {
            Number = NextNumber(state),
            Running = null,
            Run = failed.Run with
            {
                Id = AttemptId(failed.Run.Id, attempt),
                Attempt = attempt,
                PreviousRunId = failed.Run.Id,
                JobRunState = JobRunStates.Starting,
                StartedOn = now,
                LastModifiedOn = now,
                ExecutionTime = 0,
            },
        };
        // Kept already where the cloud was killed between the retry and the end of the run before it.
        var retryKey = key with { Name = $"{retry.Run.JobName}/{retry.Run.Id}" };
        return state.Runs.TryAdd(retryKey, retry) || !state.Runs.TryGet(retryKey, out var kept) ? retry : kept;
    }

    private JobRun Make(Job job, StoredRun? previous, IReadOnlyDictionary<string, string>? arguments, JobRunOrigin? origin, bool waits)
    {
        var now = time.GetUtcNow();
        var attempt = previous is null ? 0 : previous.Run.Attempt + 1;
        return new()
        {
            Id = previous is null ? "jr_" + RandomNumberGenerator.GetHexString(64, lowercase: true) : AttemptId(previous.Run.Id, attempt),
            Attempt = attempt,
            PreviousRunId = previous?.Run.Id,
            TriggerName = origin?.TriggerName,
            JobName = job.Name,
            JobMode = job.JobMode,
            JobRunQueuingEnabled = job.JobRunQueuingEnabled,
            StartedOn = now,
            LastModifiedOn = now,
            JobRunState = waits ? JobRunStates.Waiting : JobRunStates.Starting,
            StateDetail = waits ? $"The job {job.Name} is at its {job.ExecutionProperty.MaxConcurrentRuns} concurrent runs." : null,
            Arguments = arguments,
            PredecessorRuns = [],
            AllocatedCapacity = job.AllocatedCapacity,
            Timeout = job.Timeout,
            MaxCapacity = job.MaxCapacity,
            WorkerType = job.WorkerType,
            NumberOfWorkers = job.NumberOfWorkers,
            SecurityConfiguration = job.SecurityConfiguration,
            LogGroupName = job.SecurityConfiguration is { } security
                ? $"{JobLogs.DefaultGroup}-{job.Role[(job.Role.LastIndexOf('/') + 1)..]}-{security}" : JobLogs.DefaultGroup,
            NotificationProperty = job.NotificationProperty,
            GlueVersion = job.GlueVersion,
            ExecutionClass = job.ExecutionClass,
        };
    }

    private static IReadOnlyDictionary<string, string>? WithWorkflow(IReadOnlyDictionary<string, string>? arguments, JobRunOrigin? origin) =>
        origin is not { WorkflowName: { } workflow, WorkflowRunId: { } run }
            ? arguments
            : new SortedDictionary<string, string>((arguments ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal)
            {
                ["--WORKFLOW_NAME"] = workflow,
                ["--WORKFLOW_RUN_ID"] = run,
            };

    private static string AttemptId(string id, int attempt)
    {
        var suffix = id.IndexOf("_attempt_", StringComparison.Ordinal);
        return $"{(suffix < 0 ? id : id[..suffix])}_attempt_{attempt.ToString(CultureInfo.InvariantCulture)}";
    }

    private static long NextNumber(JobState state) => state.Runs.All.Select(run => run.Value.Number).DefaultIfEmpty().Max() + 1;
}

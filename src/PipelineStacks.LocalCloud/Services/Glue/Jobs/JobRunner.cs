using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>
/// Brings runs from their start to their end. Their work is done on the cloud's clock, one run after the other, since one
/// DuckDB takes all of the machine; a run that waits for its turn is STARTING, as on AWS while it waits for workers.
/// </summary>
internal sealed class JobRunner(
    JobState state, JobScripts scripts, JobReports reports, JobLogs logs, Callers callers, CloudClock clock, IServiceProvider services,
    ILogger<JobRunner> log) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<ResourceKey, OpenRun> _open = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();

    // Observers start runs themselves, so they can't be asked for before this is there.
    private readonly Lazy<IReadOnlyList<IJobRunObserver>> _observers = new(() => [.. services.GetServices<IJobRunObserver>()]);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, stored) in state.Runs.All.Where(item => !item.Value.IsOver).OrderBy(item => item.Value.Number).ToList())
        {
            switch (stored.Run.JobRunState)
            {
                case JobRunStates.Running:
                    Finish(key, JobRunStates.Failed, "The local cloud stopped while the run was under way. Its bookmark is where it was.", JobCounts.None);
                    break;
                case JobRunStates.Stopping:
                    Finish(key, JobRunStates.Stopped, null, JobCounts.None);
                    break;
                case JobRunStates.Starting:
                    Schedule(key, stored.Run);
                    break;
                default:
                    Admit(key, stored.Run.JobName);
                    break;
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What is under way is given up; the next start tells of it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_open.Values.Select(run => run.Over.Task));
    }

    public void Dispose()
    {
        _turn.Dispose();
        _closing.Dispose();
    }

    public void Schedule(ResourceKey key, JobRun run)
    {
        clock.After(TimeSpan.Zero, $"the run {run.Id} of job {run.JobName}", () => RunAsync(key));
        if (run.NotificationProperty?.NotifyDelayAfter is { } minutes)
            clock.After(TimeSpan.FromMinutes(minutes), $"the delay of run {run.Id} of job {run.JobName}", () =>
            {
                if (state.Runs.TryGet(key, out var stored) && !stored.IsOver)
                    reports.Delayed(key, stored.Run);
                return Task.CompletedTask;
            });
    }

    /// <summary>Ends a run that is STOPPING: what is at work is interrupted and ends itself.</summary>
    public void Stop(ResourceKey key, string id)
    {
        if (!Interrupt(key))
            clock.After(TimeSpan.Zero, $"stopping the run {id}", () =>
            {
                if (!Interrupt(key))
                    Finish(key, JobRunStates.Stopped, null, JobCounts.None);
                return Task.CompletedTask;
            });
    }

    /// <returns>Whether the run is at work.</returns>
    public bool Interrupt(ResourceKey key)
    {
        if (!_open.TryGetValue(key, out var run))
            return false;
        run.Stop.Cancel();
        return true;
    }

    /// <summary>The run has taken as long as its job allows.</summary>
    public void Expire(ResourceKey key)
    {
        if (!_open.TryGetValue(key, out var run))
            return;
        run.Expired = true;
        run.Stop.Cancel();
    }

    /// <summary>Starts a run that waits, if there is room for it now.</summary>
    private void Admit(ResourceKey where, string job)
    {
        StoredRun? next;
        lock (state.Writing)
        {
            var runs = state.RunsOf(where.Account, where.Region, job).Where(run => !run.IsOver).Reverse().ToList();
            next = runs.Find(run => run.Run.JobRunState == JobRunStates.Waiting);
            if (next is null || !state.Jobs.TryGet(where with { Name = job }, out var definition)
                || runs.Count(run => run.Run.JobRunState != JobRunStates.Waiting) >= definition.ExecutionProperty.MaxConcurrentRuns)
                return;
            next = next with { Run = next.Run with { JobRunState = JobRunStates.Starting, LastModifiedOn = clock.GetUtcNow(), StateDetail = null } };
            state.Runs.Put(where with { Name = $"{job}/{next.Run.Id}" }, next);
        }

        Schedule(where with { Name = $"{job}/{next.Run.Id}" }, next.Run);
    }

    private async Task RunAsync(ResourceKey key)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_closing.IsCancellationRequested && Begin(key) is { } stored)
                await WorkAsync(key, stored);
        }
        finally
        {
            _turn.Release();
        }
    }

    private StoredRun? Begin(ResourceKey key)
    {
        lock (state.Writing)
        {
            if (!state.Runs.TryGet(key, out var stored) || stored.Run.JobRunState is not JobRunStates.Starting)
                return null;
            var now = clock.GetUtcNow();
            stored = stored with { Run = stored.Run with { JobRunState = JobRunStates.Running, LastModifiedOn = now }, Running = now };
            state.Runs.Put(key, stored);
            return stored;
        }
    }

    private async Task WorkAsync(ResourceKey key, StoredRun stored)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var open = _open[key] = new OpenRun(stop);
        using var timeout = clock.After(TimeSpan.FromMinutes(stored.Run.Timeout), $"the timeout of run {stored.Run.Id}", () =>
        {
            Expire(key);
            return Task.CompletedTask;
        });
        try
        {
            var call = callers.ForRole(RoleArn(key, stored.Role), key.Region, "GlueJobRunnerSession");
            var work = new JobWork(call, key with { Name = stored.Run.JobName }, stored, logs.Of(call, stored));
            var counts = await Task.Run(() => scripts.RunAsync(work, stop.Token), stop.Token);
            Finish(key, JobRunStates.Succeeded, null, counts);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            log.LogWarning("The run {Id} of job {Job} was under way when the cloud stopped", stored.Run.Id, stored.Run.JobName);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (open.Expired)
                Finish(key, JobRunStates.Timeout, "Job run exceeded its timeout of " + $"{stored.Run.Timeout} minutes.", JobCounts.None);
            else
                Finish(key, JobRunStates.Stopped, null, JobCounts.None);
        }
        catch (JobFailedException error)
        {
            Finish(key, JobRunStates.Failed, error.Message, error.Counts);
        }
        catch (ServiceException error)
        {
            Finish(key, JobRunStates.Failed, $"{error.Code}: {error.Message}", new(0, 1, 0));
        }
        catch (Exception error)
        {
            // A defect of the cloud must not leave the run running for ever.
            log.LogError(error, "The run {Id} of job {Job} failed", stored.Run.Id, stored.Run.JobName);
            Finish(key, JobRunStates.Error, $"The local cloud failed: {error.Message}", new(0, 1, 0));
        }
        finally
        {
            _open.TryRemove(key, out _);
            open.Over.SetResult();
        }
    }

    /// <summary>Puts the end of a run on disk, then tells of it. A retry is put first: a kill in between must not lose it.</summary>
    private void Finish(ResourceKey key, string end, string? message, JobCounts counts)
    {
        StoredRun stored;
        StoredRun? retry;
        var now = clock.GetUtcNow();
        lock (state.Writing)
        {
            if (!state.Runs.TryGet(key, out var before) || before.IsOver)
                return;
            retry = end is JobRunStates.Failed && before.Run.Attempt < before.MaxRetries ? JobRuns.Retry(state, key, before, now) : null;
            stored = before with
            {
                Run = before.Run with
                {
                    JobRunState = end,
                    ErrorMessage = message,
                    CompletedOn = now,
                    LastModifiedOn = now,
                    ExecutionTime = (int)Math.Round((now - (before.Running ?? now)).TotalSeconds),
                },
            };
            state.Runs.Put(key, stored);
        }

        var error = stored.Run.ErrorMessage;
        if (error is not null)
            logs.Of(callers.ForRole(RoleArn(key, stored.Role), key.Region, "GlueJobRunnerSession"), stored).Error(error);
        reports.Measured(key, stored, counts);
        reports.Ended(key, stored.Run);
        if (retry is not null)
            Schedule(key with { Name = $"{retry.Run.JobName}/{retry.Run.Id}" }, retry.Run);
        foreach (var observer in _observers.Value)
            clock.After(TimeSpan.Zero, $"telling of the end of run {stored.Run.Id}",
                () => observer.OnJobRunEndedAsync(new(key, stored.Run, stored.Origin, retry?.Run.Id)));
        Admit(key, stored.Run.JobName);
    }

    private static string RoleArn(ResourceKey key, string role) =>
        role.StartsWith("arn:", StringComparison.Ordinal) ? role : $"arn:aws:iam::{key.Account}:role/{role}";

    private sealed class OpenRun(CancellationTokenSource stop)
    {
        public CancellationTokenSource Stop => stop;

        public bool Expired { get; set; }

        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

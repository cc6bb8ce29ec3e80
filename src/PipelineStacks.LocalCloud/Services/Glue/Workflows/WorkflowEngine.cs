using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Workflows.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Workflows;

/// <summary>
/// Carries runs of workflows from trigger to trigger. Every step is on disk before the next one, so that a run whose cloud was
/// killed goes on where it was.
/// </summary>
internal sealed class WorkflowEngine(WorkflowState state, ActionStarter starter, TimeProvider time)
{
    /// <exception cref="ServiceException"><c>EntityNotFoundException</c>, <c>InvalidInputException</c>, <c>ConcurrentRunsExceededException</c>.</exception>
    public StoredRun Begin(ResourceKey workflow, IReadOnlyDictionary<string, string>? properties, StartingEventBatchCondition? condition)
    {
        lock (state.Writing)
        {
            if (!state.Workflows.TryGet(workflow, out var found))
                throw GlueErrors.NotFound($"Entity not found: workflow {workflow.Name}");
            var run = Make(workflow, found, properties, condition);
            var start = run.Triggers.FirstOrDefault(trigger => trigger.Type != "CONDITIONAL")
                ?? throw GlueErrors.Invalid($"The workflow {workflow.Name} has no start trigger.");
            return IsFull(workflow, found) ? throw new ServiceException("ConcurrentRunsExceededException", Exceeded(workflow)) : Advance(Fire(run, start));
        }
    }

    /// <summary>As <see cref="Begin"/>, where nobody waits: a run that can't be is kept with its error, as Glue does.</summary>
    public void BeginUnasked(ResourceKey workflow, IReadOnlyDictionary<string, string>? properties, StartingEventBatchCondition? condition)
    {
        lock (state.Writing)
        {
            if (!state.Workflows.TryGet(workflow, out var found))
                return;
            if (IsFull(workflow, found))
                Save(Make(workflow, found, properties, condition) with
                {
                    Status = StoredRun.Error,
                    ErrorMessage = Exceeded(workflow),
                    CompletedOn = time.GetUtcNow(),
                });
            else
                Begin(workflow, properties, condition);
        }
    }

    /// <summary>Runs nodes of a run that is over again, with all that comes after them, as a new run.</summary>
    /// <param name="anew">The actions to start at once.</param>
    /// <param name="kept">Those of the old run that count as they ended.</param>
    /// <param name="fired">The triggers that don't fire again.</param>
    public StoredRun Resume(StoredRun before, IReadOnlyList<StoredAction> anew, IReadOnlyList<StoredAction> kept, IReadOnlyList<string> fired)
    {
        lock (state.Writing)
        {
            var workflow = new ResourceKey(before.Account, before.Region, before.Workflow);
            if (!state.Workflows.TryGet(workflow, out var found))
                throw GlueErrors.NotFound($"Entity not found: workflow {workflow.Name}");
            if (IsFull(workflow, found))
                throw new ServiceException("ConcurrentRunsExceededException", Exceeded(workflow));
            return Advance(StartPending(Make(workflow, found, before.Properties, before.Condition) with
            {
                PreviousRunId = before.RunId,
                Triggers = before.Triggers,
                Fired = fired,
                Actions = [.. kept, .. anew.Select(action => action with { State = StoredAction.Pending, RunId = null, ErrorMessage = null })],
            }));
        }
    }

    /// <summary>No trigger fires any more, and what runs is asked to stop.</summary>
    /// <exception cref="ServiceException"><c>IllegalWorkflowStateException</c>.</exception>
    public void Stop(ResourceKey key)
    {
        lock (state.Writing)
        {
            if (!state.Runs.TryGet(key, out var run) || run.Status != StoredRun.Running)
                throw new ServiceException("IllegalWorkflowStateException", $"The run {key.Name} is {run?.Status ?? "gone"}, not {StoredRun.Running}.");
            Save(run = run with { Status = StoredRun.Stopping });
            foreach (var action in run.Actions.Where(action => action.IsOpen))
                starter.Stop(run, action);
            Advance(run);
        }
    }

    /// <summary>A job run or crawl of a workflow run has ended. Told again of what it knows, it does nothing.</summary>
    /// <param name="next">The run that tries again, so that this end doesn't count.</param>
    public void Ended(ResourceKey key, string id, string how, string? next)
    {
        lock (state.Writing)
        {
            // By all attempts, since a retry may be told of before the attempt that it follows.
            if (!state.Runs.TryGet(key, out var run) || !run.IsOpen
                || run.Actions.FirstOrDefault(one => one is { IsOpen: true, RunId: { } known } && ActionStarter.Root(known) == ActionStarter.Root(id)) is not { } action)
                return;
            if (next is null)
                Advance(Save(run.With(action with { State = how, RunId = id })));
            else
                Save(run.With(action with { RunId = next }));
        }
    }

    /// <summary>Goes on with a run after the cloud's restart.</summary>
    public void Recover(ResourceKey key)
    {
        lock (state.Writing)
        {
            if (!state.Runs.TryGet(key, out var run) || !run.IsOpen)
                return;
            foreach (var action in run.Actions.Where(action => action.IsOpen).ToList())
            {
                var stopping = run.Status == StoredRun.Stopping;
                // What a run that is being stopped had not started yet stays so.
                var recovered = stopping && action.State == StoredAction.Pending
                    ? action with { State = "STOPPED" }
                    : starter.Recover(run, action);
                run = Save(run.With(recovered));
                if (stopping && recovered.IsOpen)
                    starter.Stop(run, recovered);
            }

            Advance(run);
        }
    }

    private StoredRun Advance(StoredRun run)
    {
        while (run.Status == StoredRun.Running && run.Triggers.FirstOrDefault(trigger => IsDue(run, trigger)) is { } next)
            run = Fire(run, next);
        return run.IsOpen && !run.Actions.Any(action => action.IsOpen)
            ? Save(run with { Status = run.Status == StoredRun.Stopping ? StoredRun.Stopped : StoredRun.Completed, CompletedOn = time.GetUtcNow() })
            : run;
    }

    // Only what the run's own triggers started counts.
    private static bool IsDue(StoredRun run, Trigger trigger) =>
        trigger is { Type: "CONDITIONAL", State: "ACTIVATED" } && !run.Fired.Contains(trigger.Name)
        && Conditions.AreMet(trigger.Predicate!, name => run.Actions
            .Where(action => !action.IsOpen && Conditions.NameOf(action.Job, action.Crawler) == name).Select(action => action.State));

    private StoredRun Fire(StoredRun run, Trigger trigger) => StartPending(run with
    {
        Fired = [.. run.Fired, trigger.Name],
        Actions = [.. run.Actions, .. trigger.Actions.Select((action, i) => new StoredAction(trigger.Name, i, action.JobName, action.CrawlerName, StoredAction.Pending))],
    });

    private StoredRun StartPending(StoredRun run)
    {
        Save(run);
        foreach (var action in run.Actions.Where(action => action.State == StoredAction.Pending).ToList())
            run = Save(run.With(starter.Start(run, action)));
        return run;
    }

    private StoredRun Save(StoredRun run)
    {
        state.Runs.Put(run.Key, run);
        return run;
    }

    private bool IsFull(ResourceKey key, StoredWorkflow workflow) =>
        workflow.MaxConcurrentRuns is { } max && state.RunsOf(key.Account, key.Region, key.Name).Count(run => run.IsOpen) >= max;

    private static string Exceeded(ResourceKey workflow) => $"Concurrent runs exceeded for workflow: {workflow.Name}.";

    private StoredRun Make(ResourceKey key, StoredWorkflow workflow, IReadOnlyDictionary<string, string>? properties, StartingEventBatchCondition? condition)
    {
        var all = new SortedDictionary<string, string>(workflow.DefaultRunProperties.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in properties ?? new Dictionary<string, string>())
            all[name] = value;
        return new(
            key.Account, key.Region, key.Name, "wr_" + RandomNumberGenerator.GetHexString(64, lowercase: true),
            state.Runs.In(key.Account, key.Region).Select(run => run.Number).DefaultIfEmpty().Max() + 1, null, all, time.GetUtcNow(), null,
            StoredRun.Running, null, condition, state.TriggersOf(key.Account, key.Region, key.Name), [], []);
    }
}

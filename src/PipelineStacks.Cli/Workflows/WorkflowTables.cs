using System.Globalization;
using PipelineStacks.Aws.Glue;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Workflows;

/// <summary>Runs of a workflow, and one run's parts, as tables.</summary>
internal static class WorkflowTables
{
    public static Rows Runs(IEnumerable<WorkflowRun> runs, DateTimeOffset now) => new(
        [
            new("run", "varchar"), new("status", "varchar"), new("started", "varchar"), new("seconds", "double"), new("succeeded", "integer"), new("failed", "integer"),
            new("running", "integer"), new("actions", "integer"),
        ],
        [.. runs.Select(IReadOnlyList<string?> (run) =>
        {
            var counts = run.Statistics ?? new WorkflowRunStatistics();
            return
            [
                run.WorkflowRunId, run.Status, Time(run.StartedOn), Seconds(run.StartedOn is { } start ? (run.CompletedOn ?? now) - start : null), $"{counts.SucceededActions}",
                $"{counts.FailedActions + counts.TimeoutActions + counts.StoppedActions + counts.ErroredActions}", $"{counts.RunningActions + counts.WaitingActions}", $"{counts.TotalActions}",
            ];
        })]);

    /// <param name="rows">How many rows a part wrote, by its id, where that is known.</param>
    public static Rows Steps(WorkflowOutcome outcome, WorkflowName name, IReadOnlyDictionary<string, long> rows, DateTimeOffset now) => new(
        [
            new("part", "varchar"), new("kind", "varchar"), new("state", "varchar"), new("attempts", "integer"), new("started", "varchar"), new("seconds", "double"),
            new("rows", "bigint"), new("message", "varchar"),
        ],
        [.. outcome.Steps.Select(IReadOnlyList<string?> (step) =>
        [
            name.Short(step.Name), step.Kind, step.State ?? (outcome.HasEnded ? "did not run" : "waits"), $"{step.Attempts}", Time(step.Started), Seconds(step.Took(now)),
            rows.TryGetValue(step.Id, out var count) ? $"{count}" : null, step.Message,
        ])]);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Seconds(TimeSpan? time) => time?.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}

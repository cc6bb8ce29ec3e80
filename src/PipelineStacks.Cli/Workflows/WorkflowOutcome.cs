using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Workflows;

/// <summary>
/// How a run of a workflow ended. To Glue a run is COMPLETED when nothing is left to start, failed jobs and crawlers that were never begun included;
/// a user's run has succeeded only if every part of it did.
/// </summary>
internal sealed record WorkflowOutcome(WorkflowRun Run)
{
    private static readonly string[] Passing = ["RUNNING", "STOPPING"];

    public IReadOnlyList<Step> Steps { get; } = Step.Of(Run.Graph);

    public bool HasEnded => !Passing.Contains(Run.Status);

    public bool Succeeded => Run is { Status: "COMPLETED", ErrorMessage: null or "" } && Steps.Count > 0 && Steps.All(step => step.Succeeded);

    public IEnumerable<Step> Failures => Steps.Where(step => step.Failed);

    public IEnumerable<Step> NotStarted => Steps.Where(step => step.State is null);

    /// <summary>Why it did not succeed: a line for the run, then of each failed part its name, its message and where its log is.</summary>
    public string Explain(WorkflowName name)
    {
        var failures = Failures.ToList();
        var waiting = NotStarted.Select(step => $"{step.Kind} {name.Short(step.Name)}").ToList();
        string[] lines =
        [
            $"{name.Full}, run {Run.WorkflowRunId}, did not succeed: {Summary(failures.Count, waiting)}.",
            .. Run.ErrorMessage is { Length: > 0 } message ? [message] : Array.Empty<string>(),
            .. failures.SelectMany(step => Lines(name, step)),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private string Summary(int failures, List<string> waiting)
    {
        var ended = Run.Status is "COMPLETED" ? "" : $"it ended as {Run.Status}";
        var failed = failures == 0 ? "" : $"{failures} of its {Steps.Count} jobs and crawlers failed";
        var missing = waiting.Count == 0 ? "" : $"{string.Join(", ", waiting)} did not run";
        var all = string.Join(", ", new[] { ended, failed, missing }.Where(part => part.Length > 0));
        return all.Length > 0 ? all : Steps.Count == 0 ? "it has no jobs or crawlers" : "it reports an error";
    }

    private static IEnumerable<string> Lines(WorkflowName name, Step step)
    {
        var attempts = step.Attempts > 1 ? $" at the last of {step.Attempts} attempts" : "";
        yield return $"{step.Kind} {name.Short(step.Name)}: {step.State}{attempts}: {step.Message ?? "Glue gives no reason; its log may."}";
        if (step.Log is { } log)
            yield return $"  Its log: {log.Command}";
    }
}

using PipelineStacks.Cli.Workflows;

namespace PipelineStacks.Cli.Verify;

/// <summary>Runs the workflow from landing to curated, and says of a job why it did not bring what it should have.</summary>
internal sealed class LakeCheck(VerifyScope scope)
{
    private const string Expected = "succeeded";
    private const int LongestMessage = 1000;

    private IReadOnlyList<string> _idle = [];

    /// <summary>The run; null before it, and where none came about.</summary>
    public WorkflowOutcome? Outcome { get; private set; }

    private WorkflowControl Workflow { get; } = new(scope.Context, scope.Aws, new WorkflowName(scope.Names, WorkflowName.Lake));

    /// <summary>Whether every trigger of a workflow would start what it is to start.</summary>
    public async Task<StepResult> TriggersAsync(string workflow, CancellationToken cancel)
    {
        var found = await new WorkflowControl(scope.Context, scope.Aws, new WorkflowName(scope.Names, workflow)).DescribeAsync(cancel);
        var (all, idle) = (WorkflowTriggers.Of(found).Count, WorkflowTriggers.Idle(found));
        if (workflow == WorkflowName.Lake)
            _idle = idle;
        return idle.Count == 0 && all > 0
            ? StepResult.Passed($"{all} active", $"{all} active")
            : StepResult.Failed($"{all} active", $"{all - idle.Count} active", all == 0 ? $"{found.Name} has no triggers" : string.Join("; ", idle));
    }

    public async Task<StepResult> RunAsync(CancellationToken cancel)
    {
        // Of the schedule's, say: what it began before the records arrived is not what is asked for.
        while ((await Workflow.RunsAsync(cancel)).Any(run => run.Status is "RUNNING" or "STOPPING") && !scope.Deadline.HasPassed)
            await Task.Delay(scope.Poll, scope.Context.Time, cancel);
        var run = await Workflow.StartAsync(cancel);
        Outcome = await scope.Deadline.WithinAsync(stop => Workflow.WatchAsync(run, stop), cancel);
        return Outcome is null
            ? StepResult.Failed(Expected, "running", $"workflow {Workflow.Name.Full}, run {run}, is still running after {scope.Deadline}")
            : Judge(Outcome);
    }

    /// <summary>How it ended when it last did, where nothing is started.</summary>
    public async Task<StepResult> LastAsync(CancellationToken cancel)
    {
        var last = (await Workflow.RunsAsync(cancel)).FirstOrDefault(run => run.Status is not ("RUNNING" or "STOPPING"));
        return last is null ? StepResult.Skipped($"{Workflow.Name.Full} has not run yet") : Judge(await Workflow.OutcomeAsync(last.WorkflowRunId, cancel));
    }

    /// <summary>Why a job did not do its work, or that it did.</summary>
    public string Explain(string job)
    {
        if (Outcome is null)
            return $"workflow {Workflow.Name.Full} did not run to its end";
        var step = Outcome.Steps.FirstOrDefault(step => step.Name == job);
        return step switch
        {
            null => $"workflow {Workflow.Name.Full} has no job {job}",
            { Failed: true } => Line(step),
            { State: null } => $"job {job} did not run{Because}",
            _ => $"though job {job} {step.State}. Its log: {step.Log?.Command}",
        };
    }

    private string Because => (Outcome!.Failures.Select(Line).ToList(), _idle) switch
    {
        ([_, ..] failures, _) => ", because " + string.Join("; ", failures),
        (_, [_, ..]) => ", because " + string.Join("; ", _idle),
        _ => "",
    };

    private StepResult Judge(WorkflowOutcome outcome)
    {
        if (outcome.Succeeded)
            return StepResult.Passed(Expected, Expected);
        var idle = _idle.Count == 0 ? "" : $" ({string.Join("; ", _idle)})";
        return StepResult.Failed(Expected, outcome.Failures.Any() ? "failed" : "incomplete", outcome.Explain(Workflow.Name) + idle);
    }

    private static string Line(Step step)
    {
        var message = step.Message ?? $"Glue gives no reason; its log may: {step.Log?.Command}";
        return $"{step.Kind} {step.Name} {step.State}: {(message.Length > LongestMessage ? message[..LongestMessage] + " ..." : message)}";
    }
}

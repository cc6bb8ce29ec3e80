using System.Globalization;
using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Workflows;

/// <summary>Follows a run of a workflow to its end, with a line for whatever happens to one of its parts.</summary>
internal sealed class WorkflowWatch(CliContext context, GlueClient glue, WorkflowName name, TimeSpan poll)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (string? State, int Attempts)> _told = new(StringComparer.Ordinal);

    public async Task<WorkflowOutcome> UntilEndAsync(string runId, CancellationToken cancel)
    {
        try
        {
            for (var last = context.Time.GetTimestamp(); ;)
            {
                var outcome = new WorkflowOutcome(await glue.GetWorkflowRunAsync(name.Full, runId, cancel));
                if (Tell(outcome) || Remind(outcome, last))
                    last = context.Time.GetTimestamp();
                if (outcome.HasEnded)
                    return outcome;
                await Task.Delay(poll, context.Time, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            context.Terminal.Say($"The run goes on without this command. Watch it: pipelines workflow status {name.Given} --env {name.Names.Environment} --run {runId} --wait");
            context.Terminal.Say($"Stop it: aws glue stop-workflow-run --name {name.Full} --run-id {runId}");
            throw;
        }
    }

    private bool Tell(WorkflowOutcome outcome)
    {
        var told = false;
        foreach (var step in outcome.Steps.Where(step => step.State is not null && _told.GetValueOrDefault(step.Id) != (step.State, step.Attempts)))
        {
            _told[step.Id] = (step.State, step.Attempts);
            context.Terminal.Say(Line(step));
            told = true;
        }

        return told;
    }

    private bool Remind(WorkflowOutcome outcome, long last)
    {
        if (outcome.HasEnded || context.Time.GetElapsedTime(last) < Silence)
            return false;
        var running = outcome.Steps.Where(step => step.IsRunning).Select(step => $"{step.Kind} {name.Short(step.Name)} for {Took(step)}").ToList();
        context.Terminal.Say(running.Count == 0 ? $"  {outcome.Run.Status}: nothing of it runs at the moment" : $"  still running: {string.Join(", ", running)}");
        return true;
    }

    private string Line(Step step)
    {
        var attempt = step.Attempts > 1 ? $", attempt {step.Attempts}" : "";
        var took = step.IsRunning ? "" : $" after {Took(step)}";
        var message = step.Failed && step.Message is { } text ? $": {text.Split('\n')[0].TrimEnd()}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"  {step.Kind,-7} {name.Short(step.Name)}{attempt}: {step.State}{took}{message}");
    }

    private string Took(Step step) => Duration.Of(step.Took(context.Time.GetUtcNow()) ?? TimeSpan.Zero);
}

using PipelineStacks.Cli.Workflows;

namespace PipelineStacks.Cli.Run;

/// <summary>Waits for the workflow that files start when they arrive: for its next run to begin, and for that to end.</summary>
internal sealed class ArrivalWatch(CliContext context, WorkflowControl workflow)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _before = new(StringComparer.Ordinal);

    /// <summary>Looks which runs there were before the files are dropped.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        foreach (var run in await workflow.RunsAsync(cancel))
            _before.Add(run.WorkflowRunId);
    }

    /// <exception cref="UserError">No run began.</exception>
    public async Task<WorkflowOutcome> EndAsync(CancellationToken cancel)
    {
        for (var start = context.Time.GetTimestamp(); ;)
        {
            if ((await workflow.RunsAsync(cancel)).FirstOrDefault(run => !_before.Contains(run.WorkflowRunId)) is { } run)
            {
                context.Terminal.Say($"  The files started {workflow.Name.Full}: {run.WorkflowRunId}");
                return await workflow.WatchAsync(run.WorkflowRunId, cancel);
            }

            if (context.Time.GetElapsedTime(start) > Patience)
                throw new UserError(ExitCode.Failed, $"The files that were dropped did not start {workflow.Name.Full} within {Patience.TotalMinutes:0} minutes. Its graph: pipelines workflow graph {workflow.Name.Given}");
            await Task.Delay(Poll, context.Time, cancel);
        }
    }
}

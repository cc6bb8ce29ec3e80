using PipelineStacks.Aws;
using PipelineStacks.Aws.Glue;

namespace PipelineStacks.Cli.Workflows;

/// <summary>Starts a workflow, finds its runs and follows them.</summary>
internal sealed class WorkflowControl(CliContext context, AwsClients aws, WorkflowName name)
{
    private const string Running = "RUNNING";

    public WorkflowName Name => name;

    private TimeSpan Poll => aws.Settings.IsLocal ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromSeconds(5);

    /// <exception cref="UserError">There is no such workflow.</exception>
    public async Task<Workflow> DescribeAsync(CancellationToken cancel) => await aws.Glue.FindWorkflowAsync(name.Full, cancel) ?? throw new UserError(
        ExitCode.Unavailable,
        $"There is no workflow {name.Full} {Where}. Deploy it: npx cdk deploy \"{name.Names.Stage}/*\"");

    /// <summary>The newest runs, the newest first.</summary>
    public async Task<IReadOnlyList<WorkflowRun>> RunsAsync(CancellationToken cancel)
    {
        await DescribeAsync(cancel);
        return await aws.Glue.GetWorkflowRunsAsync(name.Full, cancel);
    }

    public async Task<WorkflowOutcome> OutcomeAsync(string runId, CancellationToken cancel) => new(await aws.Glue.GetWorkflowRunAsync(name.Full, runId, cancel));

    /// <returns>The run's id.</returns>
    /// <exception cref="UserError">It is running already: two runs would write the same tables.</exception>
    public async Task<string> StartAsync(CancellationToken cancel)
    {
        await RefuseSecondAsync(null, cancel);
        try
        {
            return await aws.Glue.StartWorkflowRunAsync(name.Full, cancel);
        }
        catch (AwsException error) when (error.Code == "ConcurrentRunsExceededException")
        {
            // Somebody was quicker, or the run that was there has not quite ended.
            await RefuseSecondAsync(error, cancel);
            throw;
        }
    }

    public Task<WorkflowOutcome> WatchAsync(string runId, CancellationToken cancel) => new WorkflowWatch(context, aws.Glue, name, Poll).UntilEndAsync(runId, cancel);

    private async Task RefuseSecondAsync(AwsException? error, CancellationToken cancel)
    {
        var running = (await RunsAsync(cancel)).FirstOrDefault(run => run.Status is Running or "STOPPING");
        if (running is null)
            return;
        throw new UserError(
            ExitCode.Failed,
            $"{name.Full} is running already: {running.WorkflowRunId}, {running.Status} since {running.StartedOn?.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z{(error is null ? "" : $" ({error.Reason.TrimEnd('.')})")}. "
            + $"Watch it: pipelines workflow status {name.Given} --env {name.Names.Environment} --run {running.WorkflowRunId} --wait");
    }

    private string Where => aws.Settings.IsLocal ? $"at {aws.Settings.Endpoint!.GetLeftPart(UriPartial.Authority)}" : $"in {aws.Settings.Region}";
}

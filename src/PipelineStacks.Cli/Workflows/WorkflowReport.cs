using PipelineStacks.Aws;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Workflows;

/// <summary>Tells how a run of a workflow went, or goes.</summary>
internal static class WorkflowReport
{
    public static async Task<ExitCode> WriteAsync(CliContext context, AwsClients aws, WorkflowControl workflow, WorkflowOutcome outcome, OutputFormat format, CancellationToken cancel)
    {
        var rows = await new JobRows(aws.Logs).ReadAsync(outcome, cancel);
        if (format == OutputFormat.Json)
            context.Terminal.Out.WriteLine(WorkflowJson.Write(outcome, rows));
        else
            WorkflowTables.Steps(outcome, workflow.Name, rows, context.Time.GetUtcNow()).Write(context.Terminal, format);
        context.Terminal.Say(outcome switch
        {
            { HasEnded: false } => $"{workflow.Name.Full}, run {outcome.Run.WorkflowRunId}, is {outcome.Run.Status}.",
            { Succeeded: true } => $"{workflow.Name.Full}, run {outcome.Run.WorkflowRunId}, succeeded{(outcome.Run is { StartedOn: { } start, CompletedOn: { } end } ? $" in {Duration.Of(end - start)}" : "")}.",
            _ => outcome.Explain(workflow.Name),
        });
        return outcome is { HasEnded: true, Succeeded: false } ? ExitCode.Failed : ExitCode.Done;
    }
}

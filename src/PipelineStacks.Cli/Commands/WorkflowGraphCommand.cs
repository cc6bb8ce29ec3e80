using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Workflows;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines workflow graph</c></summary>
internal sealed class WorkflowGraphCommand : WorkflowCommand
{
    private readonly Option<string?> _run = Run("The run whose states are shown; the newest, unless given");
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Text, OutputFormat.Json, OutputFormat.Mermaid);

    public WorkflowGraphCommand(CliContext context)
        : base(context, "graph", "Draws a workflow: what starts what, and the states of a run")
    {
        Add(Workflow);
        foreach (var option in new Option[] { _run, Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines workflow graph",
        "pipelines workflow graph play-logs --run wr_0123",
        "pipelines workflow graph --format mermaid > lake.mmd",
    ];

    protected override async Task<ExitCode> RunAsync(AwsClients aws, WorkflowControl workflow, ParseResult arguments, CancellationToken cancel)
    {
        var described = await workflow.DescribeAsync(cancel);
        var runId = arguments.GetValue(_run) ?? (await workflow.RunsAsync(cancel) is [var newest, ..] ? newest.WorkflowRunId : null);
        var run = runId is null ? null : (await workflow.OutcomeAsync(runId, cancel)).Run;
        var graph = run?.Graph ?? described.Graph;
        var drawing = new GraphDrawing(graph, workflow.Name, Context.Time.GetUtcNow());
        Context.Terminal.Say(run is null ? $"{workflow.Name.Full}, which has not run yet" : $"{workflow.Name.Full}, run {run.WorkflowRunId}: {run.Status}");
        Context.Terminal.Out.WriteLine(arguments.GetValue(_format) switch
        {
            OutputFormat.Json => WorkflowJson.Write(workflow.Name.Full, run, graph),
            OutputFormat.Mermaid => drawing.ToMermaid(),
            _ => drawing.ToText(),
        });
        return ExitCode.Done;
    }
}

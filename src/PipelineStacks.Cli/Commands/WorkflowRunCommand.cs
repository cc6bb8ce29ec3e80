using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Workflows;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines workflow run</c></summary>
internal sealed class WorkflowRunCommand : WorkflowCommand
{
    private readonly Option<bool> _wait = new("--wait") { Description = "Whether to follow the run to its end", DefaultValueFactory = _ => true };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public WorkflowRunCommand(CliContext context)
        : base(context, "run", "Starts a workflow, shows what each of its jobs and crawlers does, and fails if one of them fails")
    {
        Add(Workflow);
        foreach (var option in new Option[] { _wait, Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines workflow run",
        "pipelines workflow run play-logs --env qa",
        "pipelines workflow run --wait false",
    ];

    protected override async Task<ExitCode> RunAsync(AwsClients aws, WorkflowControl workflow, ParseResult arguments, CancellationToken cancel)
    {
        var runId = await workflow.StartAsync(cancel);
        Context.Terminal.Say($"Started {workflow.Name.Full}: {runId}");
        if (!arguments.GetValue(_wait))
        {
            if (arguments.GetValue(_format) == OutputFormat.Json)
                Context.Terminal.Out.WriteLine(WorkflowJson.Write(await workflow.OutcomeAsync(runId, cancel)));
            else
                Context.Terminal.Say($"Watch it: pipelines workflow status {workflow.Name.Given} --env {workflow.Name.Names.Environment} --run {runId} --wait");
            return ExitCode.Done;
        }

        return await WorkflowReport.WriteAsync(Context, aws, workflow, await workflow.WatchAsync(runId, cancel), arguments.GetValue(_format), cancel);
    }
}

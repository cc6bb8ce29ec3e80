using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Workflows;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines workflow status</c></summary>
internal sealed class WorkflowStatusCommand : WorkflowCommand
{
    private readonly Option<string?> _run = Run("One run in detail, by its id; without it, the last runs and the newest of them in detail");
    private readonly Option<int> _last = new Option<int>("--last") { Description = "How many runs are listed", HelpName = "n", DefaultValueFactory = _ => 10 }.Between(1, 100);
    private readonly Option<bool> _wait = new("--wait") { Description = "Follow the run to its end, and fail if it does" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public WorkflowStatusCommand(CliContext context)
        : base(context, "status", "Shows the last runs of a workflow, and what each part of one did")
    {
        Add(Workflow);
        foreach (var option in new Option[] { _run, _last, _wait, Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines workflow status",
        "pipelines workflow status play-logs --last 3",
        "pipelines workflow status --run wr_0123 --wait",
        "pipelines workflow status --env prod --format json",
    ];

    protected override async Task<ExitCode> RunAsync(AwsClients aws, WorkflowControl workflow, ParseResult arguments, CancellationToken cancel)
    {
        var (format, wanted) = (arguments.GetValue(_format), arguments.GetValue(_run));
        var runs = (await workflow.RunsAsync(cancel)).Take(arguments.GetValue(_last)).ToList();
        var runId = wanted ?? (runs is [var newest, ..] ? newest.WorkflowRunId : null);
        if (runId is null)
        {
            if (format == OutputFormat.Json)
                Context.Terminal.Out.WriteLine(WorkflowJson.Write([]));
            Context.Terminal.Say($"{workflow.Name.Full} has not run yet. Start it: pipelines workflow run {workflow.Name.Given} --env {workflow.Name.Names.Environment}");
            return ExitCode.Done;
        }

        if (wanted is null && format == OutputFormat.Json)
        {
            Context.Terminal.Out.WriteLine(WorkflowJson.Write(runs));
            return ExitCode.Done;
        }

        if (wanted is null)
            WorkflowTables.Runs(runs, Context.Time.GetUtcNow()).Write(Context.Terminal, format);
        if (arguments.GetValue(_wait))
            return await WorkflowReport.WriteAsync(Context, aws, workflow, await workflow.WatchAsync(runId, cancel), format, cancel);
        await WorkflowReport.WriteAsync(Context, aws, workflow, await workflow.OutcomeAsync(runId, cancel), format, cancel);
        return ExitCode.Done;
    }
}

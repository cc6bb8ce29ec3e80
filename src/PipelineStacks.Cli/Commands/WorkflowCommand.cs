using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Workflows;

namespace PipelineStacks.Cli.Commands;

/// <summary>A command that works with one of the environment's workflows.</summary>
internal abstract class WorkflowCommand(CliContext context, string name, string description) : CliCommand(context, name, description)
{
    protected Argument<string> Workflow { get; } = new("workflow")
    {
        Description = "The workflow, without what all names in the environment begin with",
        DefaultValueFactory = _ => WorkflowName.Lake,
    };

    protected Option<string> Environment { get; } = CommonOptions.Environment();

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var aws = Context.Aws();
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(Environment));
        return await RunAsync(aws, new WorkflowControl(Context, aws, new WorkflowName(environment.Names, arguments.GetRequiredValue(Workflow))), arguments, cancel);
    }

    protected abstract Task<ExitCode> RunAsync(AwsClients aws, WorkflowControl workflow, ParseResult arguments, CancellationToken cancel);

    protected static Option<string?> Run(string description) => new("--run") { Description = description, HelpName = "id" };
}

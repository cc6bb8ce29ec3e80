using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Replications;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Commands;

/// <summary>A command that works with the environment's replication task.</summary>
internal abstract class ReplicationCommand(CliContext context, string name, string description) : CliCommand(context, name, description)
{
    protected Option<string> Environment { get; } = CommonOptions.Environment();

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var aws = Context.Aws();
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(Environment));
        var task = await environment.OutputAsync(environment.Names.ReplicationStack, Names.ReplicationTaskOutput, cancel);
        return await RunAsync(aws, environment, task, arguments, cancel);
    }

    protected abstract Task<ExitCode> RunAsync(AwsClients aws, DeployedEnvironment environment, string taskArn, ParseResult arguments, CancellationToken cancel);

    protected ReplicationTaskControl Control(AwsClients aws, string taskArn, double minutes) => new(Context, aws, taskArn, TimeSpan.FromMinutes(minutes));

    protected static Option<double> Minutes() => new Option<double>("--minutes")
    {
        Description = "How long to wait for DMS",
        HelpName = "n",
        DefaultValueFactory = _ => 15,
    }.Between(0, 24 * 60);
}

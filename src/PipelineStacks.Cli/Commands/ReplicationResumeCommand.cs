using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Replications;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines replication resume</c></summary>
internal sealed class ReplicationResumeCommand : ReplicationCommand
{
    private readonly Option<double> _minutes = Minutes();

    public ReplicationResumeCommand(CliContext context)
        : base(context, "resume", "Goes on with a replication that was stopped or failed, from where it was")
    {
        foreach (var option in new Option[] { _minutes, Environment })
            Add(option);
    }

    public override IReadOnlyList<string> Examples => ["pipelines replication resume"];

    protected override async Task<ExitCode> RunAsync(AwsClients aws, DeployedEnvironment environment, string taskArn, ParseResult arguments, CancellationToken cancel)
    {
        var task = await Control(aws, taskArn, arguments.GetValue(_minutes)).StartAsync(ReplicationTaskControl.Resume, cancel);
        Context.Terminal.Say($"{task.ReplicationTaskIdentifier} is {task.Status}.");
        return ExitCode.Done;
    }
}

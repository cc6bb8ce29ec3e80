using System.CommandLine;
using PipelineStacks.Aws;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines replication stop</c></summary>
internal sealed class ReplicationStopCommand : ReplicationCommand
{
    private readonly Option<double> _minutes = Minutes();

    public ReplicationStopCommand(CliContext context)
        : base(context, "stop", "Stops the replication, which can then go on from where it was; do so before its stack is changed or deleted")
    {
        foreach (var option in new Option[] { _minutes, Environment })
            Add(option);
    }

    public override IReadOnlyList<string> Examples => ["pipelines replication stop"];

    protected override async Task<ExitCode> RunAsync(AwsClients aws, DeployedEnvironment environment, string taskArn, ParseResult arguments, CancellationToken cancel)
    {
        var task = await Control(aws, taskArn, arguments.GetValue(_minutes)).StopAsync(cancel);
        Context.Terminal.Say($"{task.ReplicationTaskIdentifier} is {task.Status}.");
        return ExitCode.Done;
    }
}

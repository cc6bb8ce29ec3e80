using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Replications;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines replication start</c>: what CloudFormation, which never starts a task, leaves to be done after a deployment.</summary>
internal sealed class ReplicationStartCommand : ReplicationCommand
{
    private readonly Option<bool> _reload = new("--reload") { Description = "Load all tables anew, also where the task has run before" };
    private readonly Option<bool> _loaded = new("--loaded") { Description = "Wait until every table was loaded" };
    private readonly Option<double> _minutes = Minutes();

    public ReplicationStartCommand(CliContext context)
        : base(context, "start", "Tests the connections and starts the replication, or goes on with it; nothing where it runs")
    {
        foreach (var option in new Option[] { _reload, _loaded, _minutes, Environment })
            Add(option);
    }

    public override IReadOnlyList<string> Examples => ["pipelines replication start", "pipelines replication start --loaded", "pipelines replication start --env qa --reload"];

    protected override async Task<ExitCode> RunAsync(AwsClients aws, DeployedEnvironment environment, string taskArn, ParseResult arguments, CancellationToken cancel)
    {
        var control = Control(aws, taskArn, arguments.GetValue(_minutes));
        var task = await control.StartAsync(arguments.GetValue(_reload) ? ReplicationTaskControl.Reload : null, cancel);
        if (arguments.GetValue(_loaded))
            task = await control.LoadedAsync(cancel);
        Context.Terminal.Say($"{task.ReplicationTaskIdentifier} is {task.Status}.");
        return ExitCode.Done;
    }
}

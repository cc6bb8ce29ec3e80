using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using PipelineStacks.Cli.Commands;

namespace PipelineStacks.Cli;

/// <summary>The commands, and how they are started.</summary>
internal static class CommandLine
{
    // What is on its way when Ctrl+C is pressed may arrive, and a local cloud may write down its state.
    private static readonly TimeSpan Termination = TimeSpan.FromSeconds(20);

    public static async Task<int> InvokeAsync(IReadOnlyList<string> arguments, CliContext context, CancellationToken cancel = default)
    {
        var result = Root(context).Parse(arguments);
        if (result.Errors.Count > 0 && result.Action is ParseErrorAction)
        {
            foreach (var message in Messages(result).Distinct())
                context.Terminal.Say(message);
            context.Terminal.Say($"See: scripts/pipelines {Path(result.CommandResult.Command)}--help");
            return (int)ExitCode.BadInput;
        }

        return await result.InvokeAsync(
            new InvocationConfiguration
            {
                Output = context.Terminal.Out,
                Error = context.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Termination,
            },
            cancel);
    }

    // What isn't known is named once, without what else follows from it; values of other types than the option's in plain words.
    private static IEnumerable<string> Messages(ParseResult result) =>
        result.UnmatchedTokens is [var unknown, ..]
            ? [$"Unknown argument '{unknown}'."]
            : result.Errors.Select(error => error.SymbolResult is OptionResult { Tokens: [var token, ..], Option: var option } && error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)
                ? $"{option.Name} {token.Value}: give {(option.ValueType == typeof(DateTimeOffset?) ? "a time such as 2026-11-01T12:00Z" : "a number")}."
                : error.Message);

    // Such as "replication start ", and nothing for the program itself.
    private static string Path(Command command) => command is RootCommand ? "" : Path((Command)command.Parents.First()) + command.Name + " ";

    private static RootCommand Root(CliContext context)
    {
        var root = new RootCommand(
            "Works with the pipelines of an environment, on AWS and on the local cloud alike: where calls go is set by the standard "
            + "AWS environment variables (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL=http://127.0.0.1:4566 for the local cloud, ...).")
        {
            new GenerateCommand(context), new QueryCommand(context), new StatusCommand(context), new RunCommand(context), new GuardCommand(context),
            new BootstrapGuideCommand(context),
            new CommandGroup(
                "database", "Works with the database that is replicated",
                new DatabasePrepareCommand(context), new DatabaseSeedCommand(context), new DatabaseCountsCommand(context)),
            new CommandGroup(
                "replication", "Works with the replication of the database",
                new ReplicationStartCommand(context), new ReplicationStopCommand(context), new ReplicationResumeCommand(context), new ReplicationStatusCommand(context),
                new ReplicationVerifyCommand(context)),
            new CommandGroup(
                "workflow", "Works with the workflows that take data from the landing zone to the curated one",
                new WorkflowRunCommand(context), new WorkflowStatusCommand(context), new WorkflowGraphCommand(context)),
            new CommandGroup(
                "quarantine", "Shows the records that were rejected, and why",
                new QuarantineListCommand(context), new QuarantineShowCommand(context)),
            new ReplayCommand(context), new AlarmsCommand(context), new InboxCommand(context), new VerifyCommand(context),
            new CommandGroup("devices", "Acts for the devices that publish over MQTT", new DevicesSimulateCommand(context)),
            new CommandGroup("iot", "Works with the rules for what devices publish", new IotPublishCommand(context), new IotTestRuleCommand(context)),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}

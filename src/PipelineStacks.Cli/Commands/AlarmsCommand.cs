using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Aws.CloudWatch;
using PipelineStacks.Cli.Alarms;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines alarms</c></summary>
internal sealed class AlarmsCommand : CliCommand
{
    private readonly Option<string?> _state = new Option<string?>("--state") { Description = "Only those in this state", HelpName = "OK|ALARM|INSUFFICIENT_DATA" }.AcceptOnlyFromAmong("OK", "ALARM", "INSUFFICIENT_DATA");
    private readonly Option<string?> _history = new("--history") { Description = "What happened to one alarm, newest first, by its name; the environment's beginning may be left out", HelpName = "name" };
    private readonly Option<string> _environment = CommonOptions.Environment();
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public AlarmsCommand(CliContext context)
        : base(context, "alarms", "Shows the alarms of an environment: their states, since when, and where it is written what to do")
    {
        foreach (var option in new Option[] { _state, _history, _environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines alarms",
        "pipelines alarms --env prod --state ALARM",
        "pipelines alarms --history film-events-write-throttled",
        "pipelines alarms --format json",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var aws = Context.Aws();
        var names = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(_environment)).Names;
        var alarms = AlarmTable.Sorted(await aws.CloudWatch.AlarmsAsync(names.AlarmPrefix, cancel));
        if (arguments.GetValue(_history) is { } asked)
        {
            AlarmTable.Of(await HistoryAsync(aws, names.AlarmPrefix, alarms, asked, cancel)).Write(Context.Terminal, arguments.GetValue(_format));
            return ExitCode.Done;
        }

        AlarmTable.Of(alarms.Where(alarm => arguments.GetValue(_state) is not { } state || alarm.State == state)).Write(Context.Terminal, arguments.GetValue(_format));
        Context.Terminal.Say(alarms.Count > 0 ? AlarmTable.Count(names, alarms) : $"{names.Environment} has no alarms. Deploy them: npx cdk deploy \"{names.Stage}/*\"");
        return ExitCode.Done;
    }

    private static Task<IReadOnlyList<AlarmEvent>> HistoryAsync(AwsClients aws, string prefix, IReadOnlyList<AlarmDescription> alarms, string asked, CancellationToken cancel)
    {
        var name = asked.StartsWith(prefix, StringComparison.Ordinal) ? asked : prefix + asked;
        if (alarms.Any(alarm => alarm.Name == name))
            return aws.CloudWatch.HistoryAsync(name, cancel);
        var closest = Model.Settings.Spelling.Closest(name, alarms.Select(alarm => alarm.Name));
        throw new UserError($"There is no alarm {name}.{(closest is null ? " pipelines alarms lists them." : $" Did you mean {closest}?")}");
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.Cli.Alarms;
using PipelineStacks.Cli.Output;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines inbox</c></summary>
internal sealed class InboxCommand : CliCommand
{
    private readonly Option<int> _last = new Option<int>("--last") { Description = "How many messages are shown, newest first", HelpName = "n", DefaultValueFactory = _ => 50 }.Between(1, 10_000);
    private readonly Option<string> _environment = CommonOptions.Environment();
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public InboxCommand(CliContext context)
        : base(context, "inbox", "Shows what the alarms of an environment would have mailed; on AWS they did")
    {
        foreach (var option in new Option[] { _last, _environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "AWS_ENDPOINT_URL=http://127.0.0.1:4566 pipelines inbox",
        "AWS_ENDPOINT_URL=http://127.0.0.1:4566 pipelines inbox --last 5 --format json",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var aws = Context.Aws();
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(_environment));
        if (!aws.Settings.IsLocal)
        {
            Context.Terminal.Say($"On AWS there is no inbox: mail went to environments.{environment.Names.Environment}.alarmAddresses. What was sent: pipelines alarms --history <name>");
            return ExitCode.Done;
        }

        var mails = new List<(string Topic, Mail Mail)>();
        foreach (var (name, output) in new[] { ("critical", Names.CriticalTopicOutput), ("warning", Names.WarningTopicOutput) })
        {
            var topic = await environment.OutputAsync(environment.Names.MonitoringStack, output, cancel);
            mails.AddRange((await Mailbox.ReadAsync(aws.Settings, topic, cancel)).Select(mail => (name, mail)));
        }

        var shown = mails.OrderByDescending(mail => mail.Mail.Timestamp).Take(arguments.GetValue(_last)).ToList();
        new Rows(
            [new("time", "varchar"), new("topic", "varchar"), new("subject", "varchar"), new("reason", "varchar")],
            [.. shown.Select(mail => new[] { AlarmTable.Time(mail.Mail.Timestamp), mail.Topic, mail.Mail.Subject ?? "", Reason(mail.Mail.Message) })]).Write(Context.Terminal, arguments.GetValue(_format));
        Context.Terminal.Say(mails.Count == 0 ? "No mail." : string.Create(CultureInfo.InvariantCulture, $"{shown.Count} of {mails.Count} messages."));
        return ExitCode.Done;
    }

    // An alarm's reason, or what an event says; anything else as it is.
    private static string Reason(string message)
    {
        try
        {
            var json = JsonNode.Parse(message);
            return (string?)json?["NewStateReason"] ?? (json?["detail-type"] is { } type ? $"{type}: {json["detail"]?["message"] ?? json["detail"]?["state"]}" : message);
        }
        catch (JsonException)
        {
            return message;
        }
    }
}

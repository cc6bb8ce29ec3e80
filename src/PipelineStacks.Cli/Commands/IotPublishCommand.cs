using System.CommandLine;
using System.Text;
using System.Text.Json;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines iot publish</c></summary>
internal sealed class IotPublishCommand : CliCommand
{
    private readonly Argument<string> _topic = new("topic") { Description = "The topic, such as telemetry/device-0001/readings" };
    private readonly Argument<string?> _payload = new("payload") { Description = "The message", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<FileInfo?> _file = new("--file") { Description = "A file with the message, instead", HelpName = "file" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Text, OutputFormat.Json);

    public IotPublishCommand(CliContext context)
        : base(context, "publish", "Publishes a message over HTTPS, without a device")
    {
        Add(_topic);
        Add(_payload);
        Add(_file);
        Add(_format);
    }

    public override IReadOnlyList<string> Examples =>
    [
        """pipelines iot publish telemetry/device-0001/readings '{"sequence_number":1,"read_at":"2026-11-20 12:00:00","temperature":21.5}'""",
        "pipelines iot publish telemetry/device-0001/readings --file reading.json --format json",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var topic = arguments.GetRequiredValue(_topic);
        var payload = Payload.Of(Context, arguments.GetValue(_payload), arguments.GetValue(_file)) ?? throw new UserError("Give a message: as an argument or by --file.");
        using var aws = Context.Aws();
        await aws.Iot.PublishAsync(topic, payload, atLeastOnce: true, cancel);
        Context.Terminal.Out.WriteLine(arguments.GetValue(_format) == OutputFormat.Json
            ? JsonSerializer.Serialize(new { topic, bytes = payload.Length })
            : $"Published {payload.Length} bytes on {topic}.");
        return ExitCode.Done;
    }
}

/// <summary>A message that is given as an argument or in a file.</summary>
internal static class Payload
{
    public static byte[]? Of(CliContext context, string? text, FileInfo? file)
    {
        if (text is not null && file is not null)
            throw new UserError("A message is given twice: as an argument and by --file.");
        try
        {
            return file is not null ? File.ReadAllBytes(context.PathOf(file.ToString())) : text is null ? null : Encoding.UTF8.GetBytes(text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"The message {file} can't be read: {error.Message}");
        }
    }
}

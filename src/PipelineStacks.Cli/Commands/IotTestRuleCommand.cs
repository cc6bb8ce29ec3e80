using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.Cli.Devices;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Templates;
using PipelineStacks.IotSql;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines iot test-rule</c></summary>
internal sealed class IotTestRuleCommand : CliCommand
{
    private const string AnyDevice = "device-0001";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string?> _sql = new("sql") { Description = "AWS IoT SQL of 2016-03-23; without it, that of a dataset's rule", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _dataset = new("--dataset") { Description = "The dataset whose rule is tried", HelpName = "name" };
    private readonly Option<bool> _stream = new("--stream") { Description = "The dataset's rule to the data stream, instead of that to the landing zone" };
    private readonly Option<string?> _topic = new("--topic") { Description = "The message's topic; without it, one of the dataset's", HelpName = "topic" };
    private readonly Option<string?> _payload = new("--payload") { Description = "The message; without it, a sample of the dataset's", HelpName = "text" };
    private readonly Option<FileInfo?> _file = new("--file") { Description = "A file with the message, instead", HelpName = "file" };
    private readonly Option<string?> _client = new("--client-id") { Description = "What clientid() gives", HelpName = "id" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Text, OutputFormat.Json);

    public IotTestRuleCommand(CliContext context)
        : base(context, "test-rule", "Tries a topic rule's SQL on a message, here and now: what the actions would get, or why they get nothing")
    {
        Add(_sql);
        foreach (var option in new Option[] { _dataset, _stream, _topic, _payload, _file, _client, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        """pipelines iot test-rule "SELECT temperature * 1.8 + 32 AS fahrenheit, topic(2) AS device FROM 'telemetry/+/readings' WHERE temperature > 20" --topic telemetry/a/readings --payload '{"temperature":21.5}'""",
        "pipelines iot test-rule --dataset device_readings",
        """pipelines iot test-rule --dataset device_readings --payload '{"mode":"test"}' --format json""",
    ];

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var given = arguments.GetValue(_sql);
        if (given is not null && (arguments.GetValue(_dataset) is not null || arguments.GetValue(_stream)))
            throw new UserError("The SQL and a dataset's rule exclude each other: give one of them.");
        var source = given is null ? (TopicSource)Topics.Find(arguments.GetValue(_dataset)).Source : null;
        var sql = given ?? (arguments.GetValue(_stream) ? source!.StreamSql : source!.DeliverySql);
        var query = RuleTest.Parse(sql);
        var topic = arguments.GetValue(_topic) ?? source?.TopicOf(AnyDevice) ?? throw new UserError("Give the message's --topic.");
        var payload = Payload.Of(Context, arguments.GetValue(_payload), arguments.GetValue(_file))
            ?? (source is null ? throw new UserError("Give a message: by --payload or --file.") : Sample(source));
        var message = new MqttMessage(topic, payload) { Time = Context.Time.GetUtcNow(), ClientId = arguments.GetValue(_client), AccountId = "000000000000" };
        Write(sql, message, RuleTest.Run(query, message), arguments.GetValue(_format));
        return Task.FromResult(ExitCode.Done);
    }

    private byte[] Sample(TopicSource source)
    {
        var buffer = new RecordBuffer(1024);
        RecordTemplate.Parse(source.SampleTemplate).Render(buffer, new Draws(Context.Time, 0));
        return buffer.Written.ToArray();
    }

    private void Write(string sql, MqttMessage message, RuleTest test, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Context.Terminal.Out.WriteLine(new JsonObject
            {
                ["sql"] = sql,
                ["topic"] = message.Topic,
                ["topicMatches"] = test.Topic,
                ["matched"] = test.Matched,
                ["output"] = test.Output is { Length: > 0 } output ? Json(output) : null,
                ["error"] = test.Error,
                ["notes"] = new JsonArray([.. test.Notes.Select(note => JsonValue.Create(note))]),
            }.ToJsonString(Readable));
            return;
        }

        Context.Terminal.Say(sql);
        Context.Terminal.Say($"{message.Topic}: {Encoding.UTF8.GetString(message.Payload.Span)}");
        Context.Terminal.Out.WriteLine(test.Output ?? "(the actions get nothing)");
        foreach (var note in test.Notes)
            Context.Terminal.Say(note);
    }

    // SELECT VALUE can give a payload that isn't JSON.
    private static JsonNode? Json(string output)
    {
        try
        {
            return JsonNode.Parse(output);
        }
        catch (JsonException)
        {
            return JsonValue.Create(output);
        }
    }
}

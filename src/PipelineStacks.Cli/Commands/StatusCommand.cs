using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Status;
using Spectre.Console;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines status</c></summary>
internal sealed class StatusCommand : CliCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Option<double> _hours = new Option<double>("--hours") { Description = "How far back the stream's records are counted", HelpName = "h", DefaultValueFactory = _ => 24 }.Between(0.1, 24 * 365);
    private readonly Option<string> _environment = CommonOptions.Environment();
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public StatusCommand(CliContext context)
        : base(context, "status", "Shows which stacks of an environment are deployed, and what flowed through its pipelines")
    {
        foreach (var option in new Option[] { _hours, _environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines status",
        "pipelines status --env prod --hours 1 --format json",
        "AWS_ENDPOINT_URL=http://127.0.0.1:4566 pipelines status",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var aws = Context.Aws();
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(_environment));
        var hours = arguments.GetValue(_hours);
        var status = await new StatusReader(Context, aws, environment).ReadAsync(TimeSpan.FromHours(hours), cancel);
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            Context.Terminal.Out.WriteLine(JsonSerializer.Serialize(status, Json));
            return ExitCode.Done;
        }

        Context.Terminal.Results.Write(Stacks(status));
        foreach (var (name, pipeline) in status.Pipelines)
            Context.Terminal.Results.Write(Pipeline(name, pipeline, hours));
        if (status.Stacks.All(stack => stack.Status is null))
            Context.Terminal.Say($"Nothing of {status.Environment} is deployed at {status.Endpoint ?? status.Region}. Deploy it: npx cdk deploy \"{environment.Names.Stage}/*\"");
        return ExitCode.Done;
    }

    private static Table Stacks(EnvironmentStatus status)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{status.Environment} at {status.Endpoint ?? "AWS"}, {status.Region}"))
            .AddColumns("stack", "status", "changed");
        foreach (var stack in status.Stacks)
        {
            var changed = stack.Changed?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            table.AddRow(Markup.Escape(stack.Name), Markup.Escape(stack.Status ?? "not deployed"), changed ?? "");
        }

        return table;
    }

    private static Table Pipeline(string name, PipelineStatus pipeline, double hours)
    {
        var table = FactTable.New(name);
        table.AddRow("stream", Markup.Escape($"{pipeline.Stream}, {pipeline.StreamStatus}"));
        table.AddRow("delivery stream", Markup.Escape($"{pipeline.DeliveryStream}, {pipeline.DeliveryStreamStatus}"));
        table.AddRow(string.Create(CultureInfo.InvariantCulture, $"records into the stream, last {hours:0.#} h"), Count(pipeline.StreamRecords) ?? "none reported");
        table.AddRow("delivered rows", Count(pipeline.Rows) ?? "unknown without a workgroup");
        table.AddRow("delivered objects", $"{Count(pipeline.Objects)}, {ByteCount.Of(pipeline.Bytes)}");
        table.AddRow("quarantined records", Count(pipeline.Quarantined) ?? "unknown without a workgroup");
        table.AddRow("quarantined objects", Count(pipeline.QuarantinedObjects)!);
        return table;
    }

    private static string? Count(double? count) => count?.ToString("N0", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Quarantines;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines quarantine list</c></summary>
internal sealed class QuarantineListCommand : QuarantineCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Argument<string?> _dataset = new("dataset") { Description = "Only this dataset's records", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _all = new("--all") { Description = "Also where everything was replayed" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Csv, OutputFormat.Json);

    public QuarantineListCommand(CliContext context)
        : base(context, "list", "Counts the records that were rejected, by dataset, step, reason and day: rejected = open + replayed")
    {
        Add(_dataset);
        foreach (var option in new Option[] { Step, Code, Since, Until, _all, Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines quarantine list",
        "pipelines quarantine list film_events --step clean-rejected --since 2026-11-01",
        "pipelines quarantine list --all --format json",
    ];

    protected override string? Dataset(ParseResult arguments) => arguments.GetValue(_dataset);

    protected override async Task<ExitCode> RunAsync(
        QuarantineStore store, QuarantineFilter filter, AwsClients aws, DeployedEnvironment environment, ParseResult arguments, CancellationToken cancel)
    {
        var all = await new QuarantineCounts(store).ReadAsync(filter, cancel);
        var shown = all.Where(count => count.Open > 0 || arguments.GetValue(_all)).ToList();
        if (arguments.GetValue(_format) == OutputFormat.Json)
            Context.Terminal.Out.WriteLine(JsonSerializer.Serialize(shown, Json));
        else
            ToRows(shown).Write(Context.Terminal, arguments.GetValue(_format));
        Context.Terminal.Say(string.Create(
            CultureInfo.InvariantCulture, $"{all.Sum(count => count.Rejected):N0} rejected = {all.Sum(count => count.Open):N0} open + {all.Sum(count => count.Replayed):N0} replayed"));
        return ExitCode.Done;
    }

    private static Rows ToRows(IReadOnlyList<QuarantineCount> counts) => new(
        [
            new("dataset", "varchar"), new("day", "varchar"), new("step", "varchar"), new("code", "varchar"), new("rejected", "bigint"), new("replayed", "bigint"),
            new("open", "bigint"),
        ],
        [.. counts.Select(IReadOnlyList<string?> (count) => [count.Dataset, count.Day, count.Step, count.Code, $"{count.Rejected}", $"{count.Replayed}", $"{count.Open}"])]);
}

using System.CommandLine;
using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Quarantines;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines quarantine show</c></summary>
internal sealed class QuarantineShowCommand : QuarantineCommand
{
    private const int Page = 20;

    private readonly Argument<string> _dataset = new("dataset") { Description = "The dataset whose rejected records are shown" };
    private readonly Option<string[]> _ids = new("--id") { Description = "Only the record of this id; may be given several times", HelpName = "id" };
    private readonly Option<int?> _limit = new("--limit") { Description = $"How many records at most; {Page}, and all with --format jsonl", HelpName = "n" };
    private readonly Option<int> _skip = new Option<int>("--skip") { Description = "How many are left out first: the next page", HelpName = "n" }.Between(0, int.MaxValue);
    private readonly Option<bool> _all = new("--all") { Description = "Also what was replayed" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json, OutputFormat.Jsonl);

    public QuarantineShowCommand(CliContext context)
        : base(context, "show", "Shows rejected records with the reason and the file that each came in; --format jsonl writes what replay --repair reads")
    {
        Add(_dataset);
        foreach (var option in new Option[] { _ids, Step, Code, Since, Until, _limit, _skip, _all, Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines quarantine show film_events",
        "pipelines quarantine show film_events --code DataFormatConversion.MalformedData --skip 20",
        "pipelines quarantine show film_events --step clean-rejected --format jsonl > rejected.jsonl",
    ];

    protected override string? Dataset(ParseResult arguments) => arguments.GetRequiredValue(_dataset);

    protected override async Task<ExitCode> RunAsync(
        QuarantineStore store, QuarantineFilter filter, AwsClients aws, DeployedEnvironment environment, ParseResult arguments, CancellationToken cancel)
    {
        var (format, ids) = (arguments.GetValue(_format), arguments.GetValue(_ids) ?? []);
        var (skip, limit) = (arguments.GetValue(_skip), arguments.GetValue(_limit) ?? (format == OutputFormat.Jsonl ? int.MaxValue : Page));
        var (found, shown) = (0, 0);
        var more = false;
        await foreach (var (record, replayed) in RecordsAsync(store, filter, arguments.GetValue(_all), cancel))
        {
            if ((ids.Length > 0 && !ids.Contains(record.Id)) || found++ < skip)
                continue;
            more = shown == limit;
            if (more)
                break;
            Write(record, replayed, format, first: shown++ == 0);
        }

        if (format == OutputFormat.Json)
            Context.Terminal.Out.WriteLine(shown == 0 ? "[]" : System.Environment.NewLine + "]");
        Context.Terminal.Say(shown == 0
            ? $"{filter.Dataset} has no such records in quarantine{(arguments.GetValue(_all) ? "" : " that were not replayed")}."
            : string.Create(CultureInfo.InvariantCulture, $"{shown:N0} records{(more ? $". There are more: --skip {skip + shown}" : "")}"));
        return ExitCode.Done;
    }

    private static async IAsyncEnumerable<(RejectedRecord Record, LedgerEntry? Replayed)> RecordsAsync(
        QuarantineStore store, QuarantineFilter filter, bool all, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (file, hasLedger) in await store.ListAsync(filter, cancel))
        {
            var ledger = hasLedger ? await store.LedgerAsync(file, cancel) : Ledger.Empty;
            await foreach (var record in store.ReadAsync(file, cancel))
            {
                var replayed = ledger.Entries.GetValueOrDefault(record.Id);
                if (filter.Takes(record) && (all || replayed is null))
                    yield return (record, replayed);
            }
        }
    }

    private void Write(RejectedRecord record, LedgerEntry? replayed, OutputFormat format, bool first)
    {
        var output = Context.Terminal.Out;
        switch (format)
        {
            case OutputFormat.Jsonl:
                output.WriteLine(RecordExport.ToJson(record, replayed, indented: false));
                break;
            case OutputFormat.Json:
                output.WriteLine(first ? "[" : ",");
                output.Write(RecordExport.ToJson(record, replayed, indented: true));
                break;
            default:
                output.WriteLine($"{record.Id}  {record.Object.Step}  {record.Object.Day}{(replayed is null ? "" : $"  replayed to {replayed.To}")}");
                output.WriteLine($"  reason  {record.Code}: {record.Reason.ReplaceLineEndings(" ")}");
                if (record.SourceFile is { } source)
                    output.WriteLine($"  from    {source}");
                output.WriteLine($"  record  {record.Text.ReplaceLineEndings(" ")}");
                break;
        }
    }
}

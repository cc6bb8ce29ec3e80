using System.CommandLine;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Cli.Replays;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines replay</c></summary>
internal sealed class ReplayCommand : QuarantineCommand
{
    private readonly Argument<string> _dataset = new("dataset") { Description = "The dataset whose rejected records are tried again" };
    private readonly Option<string[]> _ids = new("--id") { Description = "Only the record of this id; may be given several times", HelpName = "id" };
    private readonly Option<FileInfo?> _repair = new("--repair") { Description = "A file of repaired records, as quarantine show --format jsonl writes them: only these are replayed", HelpName = "file" };
    private readonly Option<string[]> _map = new("--map") { Description = "Renames a key of the records; may be given several times", HelpName = "old=new" };
    private readonly Option<string[]> _set = new("--set") { Description = "Gives a column a value, or none: column=; may be given several times", HelpName = "column=value" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Submit nothing: say what would be replayed, and what is still invalid" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public ReplayCommand(CliContext context)
        : base(context, "replay", "Takes rejected records back into their pipeline, repaired or as they are; what is still invalid stays, and what was replayed is not again")
    {
        Add(_dataset);
        foreach (var option in new Option[] { _ids, Step, Code, Since, Until, _repair, _map, _set, _dryRun, Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines replay film_events --dry-run",
        "pipelines replay film_events --code Clean.MissingKey --map id=event_id",
        "pipelines replay film_events --id 6f1c0b2d9e8a7c5d4f3e --set film_id=42",
        "pipelines quarantine show film_events --format jsonl > rejected.jsonl   # edit \"record\" in it, then:",
        "pipelines replay film_events --repair rejected.jsonl",
    ];

    protected override string? Dataset(ParseResult arguments) => Find(arguments).Name;

    protected override async Task<ExitCode> RunAsync(
        QuarantineStore store, QuarantineFilter filter, AwsClients aws, DeployedEnvironment environment, ParseResult arguments, CancellationToken cancel)
    {
        var (dataset, ids) = (Find(arguments), arguments.GetValue(_ids) ?? []);
        var repairs = RecordRepairs.Of(dataset, Lines(arguments), arguments.GetValue(_map) ?? [], arguments.GetValue(_set) ?? [], one: ids.Length == 1);
        var target = await TargetAsync(dataset, store.Bucket, aws, environment, cancel);
        var report = await new Replayer(Context, store, dataset, repairs, target).RunAsync(filter, Chosen(ids, repairs), arguments.GetValue(_dryRun), cancel);
        report.Write(Context.Terminal, arguments.GetValue(_format));
        return report.Refused == 0 && report.Missing.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    // Of a file of repaired records those that are named, and of no file those that are named.
    private static HashSet<string>? Chosen(string[] ids, RecordRepairs repairs) => (ids.Length, repairs.Ids) switch
    {
        (0, null) => null,
        (0, { } all) => [.. all],
        (_, null) => [.. ids],
        (_, { } all) => [.. all.Intersect(ids)],
    };

    private Dataset Find(ParseResult arguments)
    {
        var (all, name) = (DatasetCatalog.All, arguments.GetRequiredValue(_dataset));
        return all.FirstOrDefault(dataset => dataset.Name == name)
            ?? throw new UserError($"Unknown dataset '{name}'. Known are {string.Join(", ", all.Select(dataset => dataset.Name))}.");
    }

    private string[]? Lines(ParseResult arguments)
    {
        if (arguments.GetValue(_repair) is not { } file)
            return null;
        try
        {
            return File.ReadAllLines(Context.PathOf(file.ToString()));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"The repaired records {file} can't be read: {error.Message}");
        }
    }

    private async Task<IReplayTarget> TargetAsync(Dataset dataset, string bucket, AwsClients aws, DeployedEnvironment environment, CancellationToken cancel)
    {
        var names = environment.Names;
        switch (dataset.Source)
        {
            case StreamSource:
                var stream = await environment.OutputAsync(names.StreamingStack, Names.StreamOutput(dataset.Name), cancel);
                return new StreamReplay(Context, dataset, new StreamTarget(aws.Kinesis, stream), $"the stream {stream}");
            case TopicSource:
                var delivery = await environment.OutputAsync(names.IotStack, Names.DeliveryStreamOutput(dataset.Name), cancel);
                return new StreamReplay(Context, dataset, new DeliveryStreamTarget(aws.Firehose, delivery), $"the delivery stream {delivery}");
            case DatabaseSource:
                var workGroup = await environment.OutputAsync(names.AnalyticsStack, Names.WorkGroupOutput, cancel);
                return new DatabaseReplay(Context, aws, dataset, bucket, workGroup, names.Database(ZoneName.Landing));
            default:
                return new FileReplay(aws.S3, dataset, bucket, $"{dataset.Name}/");
        }
    }
}

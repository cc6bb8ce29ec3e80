using System.CommandLine;
using System.Globalization;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Output;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines generate</c></summary>
internal sealed class GenerateCommand : CliCommand
{
    // Of a run without an end, so that files come now and then; and of any, so that one fits into memory.
    private const int LinesPerFile = 10_000;
    private const int MostLinesPerFile = 1_000_000;

    private readonly Argument<string?> _dataset = new("dataset") { Description = "The dataset whose sample records are sent, such as film_events", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<FileInfo?> _template = new("--template") { Description = "A file with a record template in the grammar of the Kinesis Data Generator", HelpName = "file" };
    private readonly Option<long?> _count = new("--count") { Description = "How many records; without it, until Ctrl+C", HelpName = "n" };
    private readonly Option<double?> _rate = new("--rate") { Description = "Records per second; without it, as fast as the stream takes them", HelpName = "r" };
    private readonly Option<FileInfo?> _periodic = new("--periodic") { Description = "A JSON file with the rate by day and hour: mean and deviation, seven rows from Sunday of 24 hours each, and smoothing", HelpName = "file" };
    private readonly Option<DateTimeOffset?> _from = new("--from") { Description = "With --periodic: simulate from this time on, as fast as possible; date.simTime gives it", HelpName = "time" };
    private readonly Option<DateTimeOffset?> _to = new("--to") { Description = "With --from: where simulated time ends; now, unless given", HelpName = "time" };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The same seed gives the same records, but for the times of date.now", HelpName = "s" };
    private readonly Option<double> _broken = new Option<double>("--broken") { Description = "The share of records to break on purpose, from 0 to 1", HelpName = "p" }.Between(0, 1);
    private readonly Option<string?> _stream = new("--stream") { Description = "The Kinesis data stream; without it, the environment's for the dataset", HelpName = "name" };
    private readonly Option<string?> _direct = new("--direct") { Description = "A Firehose delivery stream that takes records directly, instead of a data stream", HelpName = "name" };
    private readonly Option<string?> _s3 = new("--s3") { Description = "Where in S3 the records go as files of lines, instead of a stream", HelpName = "s3://bucket/folder/" };
    private readonly Option<int?> _files = new Option<int?>("--files") { Description = "How many files the records are spread over; one, unless given", HelpName = "n" }.Between(1, 100_000);
    private readonly Option<bool> _gzip = new("--gzip") { Description = "Compress the files" };
    private readonly Option<int> _senders = new Option<int>("--senders") { Description = "How many calls are on their way at once", HelpName = "n", DefaultValueFactory = _ => 8 }.Between(1, 256);
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Send nothing: show a record and how fast they are made" };
    private readonly Option<string> _environment = CommonOptions.Environment();
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public GenerateCommand(CliContext context)
        : base(context, "generate", "Sends records made from a template to a stream or drops them as files, and counts what became of them")
    {
        Add(_dataset);
        foreach (var option in new Option[] { _template, _count, _rate, _periodic, _from, _to, _seed, _broken, _stream, _direct, _s3, _files, _gzip, _senders, _dryRun, _environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines generate film_events --count 100000",
        "pipelines generate film_events --rate 500 --broken 0.001",
        "pipelines generate --template clicks.kdg --stream clicks --seed 42 --count 1000",
        "pipelines generate film_events --periodic week.json --from 2026-11-01 --to 2026-11-08",
        "pipelines generate play_logs --count 10000 --files 5 --gzip",
        "pipelines generate --template clicks.kdg --s3 s3://lake-landing/clicks/ --count 1000",
        "pipelines generate film_events --count 1000000 --dry-run",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var dataset = arguments.GetValue(_dataset) is { } name ? Find(name) : null;
        var seed = arguments.GetValue(_seed) ?? (ulong)Random.Shared.NextInt64();
        var options = new GenerateOptions
        {
            Template = Template(dataset, arguments.GetValue(_template)),
            Count = Count(arguments),
            Pace = Pace(arguments, seed),
            Seed = seed,
            Broken = arguments.GetValue(_broken),
            Senders = arguments.GetValue(_senders),
        };
        using var aws = Context.Aws();
        var (target, where) = await TargetAsync(arguments, dataset, aws, cancel);
        var generator = new Generator(options, target, Context.Time);
        Context.Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Sending {(options.Count is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} records") : "records until Ctrl+C")} to {where}, seed {seed} ..."));
        if (arguments.GetValue(_dryRun))
            Context.Terminal.Say(generator.Sample());
        var report = await GenerateRun.RunAsync(generator, options, Context, cancel);
        report.Write(Context.Terminal, arguments.GetValue(_format));
        return report.Tally.AcceptedCount == report.Tally.SentCount ? ExitCode.Done : ExitCode.Failed;
    }

    private static Dataset Find(string name) => DatasetCatalog.All.FirstOrDefault(dataset => dataset.Name == name)
        ?? throw new UserError($"Unknown dataset '{name}'. Known are {Known()}.");

    // Of the others no record could be made: they come from a database.
    private static string Known() => string.Join(", ", DatasetCatalog.All.Where(dataset => dataset.Source is RecordSource).Select(dataset => dataset.Name));

    private string Template(Dataset? dataset, FileInfo? file)
    {
        if (file is not null)
        {
            try
            {
                return File.ReadAllText(Context.PathOf(file.ToString()));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"The template {file} can't be read: {error.Message}");
            }
        }

        return dataset switch
        {
            { Source: RecordSource source } => source.SampleTemplate,
            { } other => throw new UserError($"The records of {other.Name} come from a database: give a --template, or another dataset."),
            null => throw new UserError($"Give a dataset or a --template file. Known datasets: {Known()}."),
        };
    }

    private long? Count(ParseResult arguments) =>
        arguments.GetValue(_count) is not { } count ? arguments.GetValue(_dryRun) ? 1_000_000 : null
        : count > 0 ? count
        : throw new UserError($"--count {count}: give a number above 0.");

    private IPace Pace(ParseResult arguments, ulong seed)
    {
        var (rate, file, from, to) = (arguments.GetValue(_rate), arguments.GetValue(_periodic), arguments.GetValue(_from), arguments.GetValue(_to));
        if (rate is not null && file is not null)
            throw new UserError("--rate and --periodic exclude each other: give one of them.");
        if ((from ?? to) is not null && file is null)
            throw new UserError("--from and --to simulate the time of a periodic rate: give --periodic, too.");
        if (to is not null && (from is null || from > to))
            throw new UserError("--to needs a --from that is before it.");
        if (file is not null)
            return new PeriodicPace(PeriodicTable.Read(Context.PathOf(file.ToString())), Context.Time, seed, from, to);
        return rate is not { } perSecond ? new FastestPace()
            : perSecond > 0 ? new ConstantPace(perSecond, Context.Time)
            : throw new UserError(string.Create(CultureInfo.InvariantCulture, $"--rate {perSecond}: give a number above 0."));
    }

    private async Task<(IRecordTarget Target, string Where)> TargetAsync(ParseResult arguments, Dataset? dataset, Aws.AwsClients aws, CancellationToken cancel)
    {
        if (arguments.GetValue(_dryRun))
            return (new NoTarget(), "nowhere");
        string[] given = [.. new[] { _stream, _direct, _s3 }.Where(option => arguments.GetValue(option) is not null).Select(option => option.Name)];
        if (given.Length > 1)
            throw new UserError($"{string.Join(" and ", given)} exclude each other: give one of them.");
        if (arguments.GetValue(_s3) is { } place)
            return Files(arguments, aws, dataset?.Name ?? "records", place);
        if (dataset?.Source is not FileSource && (arguments.GetValue(_files) is not null || arguments.GetValue(_gzip)))
            throw new UserError("--files and --gzip are for files: give --s3, or a dataset that comes in files.");
        if (arguments.GetValue(_stream) is { } stream)
            return (new StreamTarget(aws.Kinesis, stream), $"the stream {stream}");
        if (arguments.GetValue(_direct) is { } delivery)
            return (new DeliveryStreamTarget(aws.Firehose, delivery), $"the delivery stream {delivery}");
        if (dataset is null)
            throw new UserError("Name where the records go: a dataset, --stream, --direct or --s3.");
        if (dataset.Source is TopicSource)
            throw new UserError($"The records of {dataset.Name} come from devices: use pipelines devices simulate, or --direct for its delivery stream.");
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(_environment));
        if (dataset.Source is FileSource)
        {
            var bucket = await environment.OutputAsync(environment.Names.StorageStack, Names.BucketOutput(ZoneName.Landing), cancel);
            return Files(arguments, aws, dataset.Name, $"s3://{bucket}/{dataset.Name}/");
        }

        var found = await environment.OutputAsync(environment.Names.StreamingStack, Names.StreamOutput(dataset.Name), cancel);
        return (new StreamTarget(aws.Kinesis, found), $"the stream {found}");
    }

    private (IRecordTarget Target, string Where) Files(ParseResult arguments, Aws.AwsClients aws, string name, string place)
    {
        if (!Uri.TryCreate(place, UriKind.Absolute, out var uri) || uri.Scheme != "s3" || uri.Host.Length == 0)
            throw new UserError($"--s3 {place}: give a place such as s3://bucket/folder/.");
        var (files, folder) = (arguments.GetValue(_files), place["s3://".Length..].Split('/', 2) is [_, { Length: > 0 } path] ? path.TrimEnd('/') + "/" : "");
        if (Count(arguments) is not { } count)
        {
            return files is null
                ? (new FileTarget(aws.S3, uri.Host, folder, name, LinesPerFile, arguments.GetValue(_gzip)), place)
                : throw new UserError("--files needs a --count: how many records there are in all.");
        }

        var perFile = (int)Math.Min(MostLinesPerFile, (count + (files ?? 1) - 1) / (files ?? 1));
        return (new FileTarget(aws.S3, uri.Host, folder, name, perFile, arguments.GetValue(_gzip)), place);
    }
}

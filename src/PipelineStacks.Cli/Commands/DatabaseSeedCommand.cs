using System.CommandLine;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines database seed</c></summary>
internal sealed class DatabaseSeedCommand : DatabaseCommand
{
    private readonly Option<string?> _sakila = new("--sakila") { Description = "A folder with the official sakila-schema.sql and sakila-data.sql; otherwise ../shared/data/sakila beside the checkout, the official download, or a generated database is taken", HelpName = "dir" };
    private readonly Option<ulong?> _generate = new("--generate") { Description = "Make up a database in Sakila's shape from this seed", HelpName = "seed" };
    private readonly Option<bool> _replace = new("--replace") { Description = "Drop a database of that name first" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Csv, OutputFormat.Json);

    public DatabaseSeedCommand(CliContext context)
        : base(context, "seed", "Loads the sample database Sakila, unless it is there")
    {
        foreach (var option in new Option[] { _sakila, _generate, _replace, Environment, _format })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_sakila) is not null && result.GetValue(_generate) is not null)
                result.AddError("--sakila and --generate exclude each other: give one of them.");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines database seed",
        "pipelines database seed --sakila ~/Downloads/sakila-db",
        "pipelines database seed --generate 7 --replace",
    ];

    protected override async Task<ExitCode> RunAsync(DatabaseAdmin database, ParseResult arguments, CancellationToken cancel)
    {
        var source = new SampleSource(Context, SampleSource.DownloadAsync);
        var counts = await new Seeding(Context, database).RunAsync(
            () => source.FindAsync(arguments.GetValue(_sakila), arguments.GetValue(_generate), cancel), arguments.GetValue(_replace), cancel);
        ToRows(counts).Write(Context.Terminal, arguments.GetValue(_format));
        return ExitCode.Done;
    }
}

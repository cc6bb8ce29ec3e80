using System.CommandLine;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines database counts</c></summary>
internal sealed class DatabaseCountsCommand : DatabaseCommand
{
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Csv, OutputFormat.Json);

    public DatabaseCountsCommand(CliContext context)
        : base(context, "counts", "Counts the rows of every replicated table in the database")
    {
        foreach (var option in new Option[] { Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples => ["pipelines database counts", "pipelines database counts --env qa --format json"];

    protected override async Task<ExitCode> RunAsync(DatabaseAdmin database, ParseResult arguments, CancellationToken cancel)
    {
        var counts = await database.CountsAsync(cancel);
        ToRows(counts).Write(Context.Terminal, arguments.GetValue(_format));
        if (counts.Values.All(rows => rows is null))
            Context.Terminal.Say("The database has none of these tables. Load the sample: pipelines database seed");
        return ExitCode.Done;
    }
}

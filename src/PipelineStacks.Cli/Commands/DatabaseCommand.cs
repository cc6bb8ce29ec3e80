using System.CommandLine;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Commands;

/// <summary>A command that works with the database through its function.</summary>
internal abstract class DatabaseCommand(CliContext context, string name, string description) : CliCommand(context, name, description)
{
    protected Option<string> Environment { get; } = CommonOptions.Environment();

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var aws = Context.Aws();
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(Environment));
        return await RunAsync(await DatabaseAdmin.OfAsync(environment, aws, cancel), arguments, cancel);
    }

    protected abstract Task<ExitCode> RunAsync(DatabaseAdmin database, ParseResult arguments, CancellationToken cancel);

    protected static Rows ToRows(IReadOnlyDictionary<string, long?> counts) => new(
        [new ColumnInfo("table", "varchar"), new ColumnInfo("rows", "bigint")],
        [.. counts.OrderBy(table => table.Key, StringComparer.Ordinal).Select(IReadOnlyList<string?> (table) => [table.Key, $"{table.Value}"])]);
}

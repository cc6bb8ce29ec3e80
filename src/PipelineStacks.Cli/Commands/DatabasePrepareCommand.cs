using System.CommandLine;
using System.Text.Json;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines database prepare</c></summary>
internal sealed class DatabasePrepareCommand : DatabaseCommand
{
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public DatabasePrepareCommand(CliContext context)
        : base(context, "prepare", "Makes the database ready to be replicated: how long its binary log stays, and a user for DMS with just its grants")
    {
        foreach (var option in new Option[] { Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples => ["pipelines database prepare", "pipelines database prepare --env prod"];

    protected override async Task<ExitCode> RunAsync(DatabaseAdmin database, ParseResult arguments, CancellationToken cancel)
    {
        var done = await database.PrepareAsync(cancel);
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            Context.Terminal.Out.WriteLine(done.GetRawText());
            return ExitCode.Done;
        }

        new Rows(
            [new ColumnInfo("what", "varchar"), new ColumnInfo("is", "varchar")],
            [.. done.EnumerateObject().Select(IReadOnlyList<string?> (member) => [member.Name, Text(member.Value)])]).Write(Context.Terminal, OutputFormat.Table);
        return ExitCode.Done;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray()) : $"{value}";
}

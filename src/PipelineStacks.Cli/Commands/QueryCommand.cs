using System.CommandLine;
using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Output;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines query</c></summary>
internal sealed class QueryCommand : CliCommand
{
    private readonly Argument<string?> _sql = new("sql") { Description = "The query, in Athena's SQL", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _file = new("--file") { Description = "A file with the query", HelpName = "file" };
    private readonly Option<string?> _named = new("--named") { Description = "One of the workgroup's named queries", HelpName = "name" };
    private readonly Option<string?> _database = new("--database") { Description = "The database of tables without one; the landing zone's, unless given", HelpName = "name" };
    private readonly Option<string> _environment = CommonOptions.Environment();
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Csv, OutputFormat.Json);

    public QueryCommand(CliContext context)
        : base(context, "query", "Asks Athena in the environment's workgroup, and says what was scanned")
    {
        Add(_sql);
        foreach (var option in new Option[] { _file, _named, _database, _environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines query \"SELECT event_type, count(*) AS events FROM film_events GROUP BY 1 ORDER BY 2 DESC\"",
        "pipelines query --named film_events_by_day --format csv > by-day.csv",
        "pipelines query --file report.sql --env prod --format json",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var aws = Context.Aws();
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(_environment));
        // What can be refused without a call is.
        var given = Given(arguments);
        var workGroup = await environment.OutputAsync(environment.Names.AnalyticsStack, Names.WorkGroupOutput, cancel);
        var sql = given ?? await NamedAsync(aws, workGroup, arguments.GetValue(_named)!, cancel);
        var result = await aws.Athena.RunAsync(sql, workGroup, arguments.GetValue(_database) ?? environment.Names.Database(ZoneName.Landing), cancel);
        new Rows(result.Columns, result.Rows).Write(Context.Terminal, arguments.GetValue(_format));
        Context.Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Rows.Count:N0} rows, {ByteCount.Of(result.Statistics.DataScannedInBytes)} scanned, {result.Statistics.TotalExecutionTimeInMillis / 1000.0:0.00} s"));
        return ExitCode.Done;
    }

    private string? Given(ParseResult arguments)
    {
        var (sql, file, named) = (arguments.GetValue(_sql), arguments.GetValue(_file), arguments.GetValue(_named));
        if (new[] { sql, file, named }.Count(source => source is not null) != 1)
            throw new UserError("Give one query: as an argument, by --file or by --named.");
        if (file is null)
            return sql?.Trim() switch
            {
                null => null,
                "" => throw new UserError("The query is empty."),
                var text => text.TrimEnd(';'),
            };
        try
        {
            return File.ReadAllText(Context.PathOf(file)).Trim().TrimEnd(';');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"The query {file} can't be read: {error.Message}");
        }
    }

    private static async Task<string> NamedAsync(AwsClients aws, string workGroup, string name, CancellationToken cancel)
    {
        var queries = await aws.Athena.ListNamedQueriesAsync(workGroup, cancel);
        return queries.FirstOrDefault(query => query.Name == name)?.QueryString
            ?? throw new UserError(queries.Count == 0
                ? $"The workgroup {workGroup} has no named queries."
                : $"Unknown query '{name}'. Known in {workGroup}: {string.Join(", ", queries.Select(query => query.Name).Order(StringComparer.Ordinal))}.");
    }
}

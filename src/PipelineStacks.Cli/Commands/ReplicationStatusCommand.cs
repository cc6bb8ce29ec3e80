using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PipelineStacks.Aws;
using PipelineStacks.Aws.Dms;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Replications;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines replication status</c></summary>
internal sealed class ReplicationStatusCommand : ReplicationCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public ReplicationStatusCommand(CliContext context)
        : base(context, "status", "Shows the replication's state and what it did to each table")
    {
        foreach (var option in new Option[] { Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples => ["pipelines replication status", "pipelines replication status --env prod --format json"];

    protected override async Task<ExitCode> RunAsync(AwsClients aws, DeployedEnvironment environment, string taskArn, ParseResult arguments, CancellationToken cancel)
    {
        var replication = ReplicationCalls.Of(aws.Dms, taskArn);
        var task = await replication.DescribeAsync(cancel);
        var tables = (await replication.TablesAsync(cancel)).OrderBy(table => $"{table.SchemaName}.{table.TableName}", StringComparer.Ordinal).ToList();
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            Context.Terminal.Out.WriteLine(JsonSerializer.Serialize(new { Task = task, Tables = tables }, Json));
            return ExitCode.Done;
        }

        Context.Terminal.Out.WriteLine(Line(task));
        foreach (var reason in new[] { task.StopReason, task.LastFailureMessage }.Where(reason => !string.IsNullOrWhiteSpace(reason)).Distinct())
            Context.Terminal.Out.WriteLine($"  {reason!.Trim()}");
        ToRows(tables).Write(Context.Terminal, OutputFormat.Table);
        return ExitCode.Done;
    }

    private static string Line(ReplicationTask task)
    {
        var stats = task.ReplicationTaskStats ?? new ReplicationTaskStats();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{task.ReplicationTaskIdentifier} is {task.Status}: {task.MigrationType}, {stats.FullLoadProgressPercent} % loaded, {stats.TablesLoaded} tables loaded, {stats.TablesLoading} loading, {stats.TablesQueued} queued, {stats.TablesErrored} in error");
    }

    private static Rows ToRows(IReadOnlyList<TableStatistics> tables) => new(
        [
            new("table", "varchar"), new("state", "varchar"), new("full load", "bigint"), new("inserts", "bigint"), new("updates", "bigint"), new("deletes", "bigint"),
            new("not loaded", "bigint"),
        ],
        [.. tables.Select(IReadOnlyList<string?> (table) =>
            [$"{table.SchemaName}.{table.TableName}", table.TableState, $"{table.FullLoadRows}", $"{table.Inserts}", $"{table.Updates}", $"{table.Deletes}", $"{table.FullLoadErrorRows}"])]);
}

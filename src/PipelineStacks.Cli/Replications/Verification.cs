using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replications;

/// <summary>Counts every replicated table at each step from the database to the landing zone.</summary>
internal sealed class Verification(CliContext context, AwsClients aws, DatabaseAdmin database, DeployedEnvironment environment, string taskArn, IReadOnlyList<Dataset> datasets)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>Counts again until nothing differs or the time is over: changes are on their way for as long as DMS gathers them.</summary>
    public async Task<IReadOnlyList<TableReconciliation>> RunAsync(string workGroup, TimeSpan patience, CancellationToken cancel)
    {
        for (var start = context.Time.GetTimestamp(); ;)
        {
            var tables = await CountAsync(workGroup, cancel);
            if (tables.All(table => table.Difference is null) || context.Time.GetElapsedTime(start) >= patience)
                return tables;
            await Task.Delay(Poll, context.Time, cancel);
        }
    }

    private async Task<IReadOnlyList<TableReconciliation>> CountAsync(string workGroup, CancellationToken cancel)
    {
        var sources = await database.CountsAsync(cancel);
        var statistics = (await aws.Dms.DescribeTableStatisticsAsync(taskArn, cancel)).ToDictionary(table => $"{table.SchemaName}.{table.TableName}", StringComparer.Ordinal);
        var landed = (await aws.Athena.RunAsync(LandingCount.Sql(datasets), workGroup, environment.Names.Database(ZoneName.Landing), cancel))
            .Rows.ToDictionary(row => row[0]!, row => (Rows: Number(row[1]), Doubled: Number(row[2])), StringComparer.Ordinal);
        return [.. datasets.Select(dataset =>
        {
            var name = Source(dataset).FullName;
            var task = statistics.GetValueOrDefault(name);
            return new TableReconciliation(
                name,
                sources.GetValueOrDefault(name),
                task is null ? null : task.FullLoadRows + task.Inserts - task.Deletes,
                task?.TableState,
                landed[dataset.Name].Rows,
                landed[dataset.Name].Doubled);
        })];
    }

    private static DatabaseSource Source(Dataset dataset) => (DatabaseSource)dataset.Source;

    private static long Number(string? value) => long.Parse(value!, CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json.Nodes;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replications;

/// <summary>Counts every replicated table at each step from the database to the landing zone, and compares the values at both ends by a checksum.</summary>
internal sealed class Verification(CliContext context, AwsClients aws, DatabaseAdmin database, DeployedEnvironment environment, string taskArn, IReadOnlyList<Dataset> datasets)
{
    // Of LobMaxSize, by DMS.
    private const int DefaultKilobytes = 32;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    private readonly ReplicationCalls _calls = ReplicationCalls.Of(aws.Dms, taskArn);

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
        var (nullText, largeObjectBytes) = await FormatAsync(cancel);
        var sources = await database.ChecksumsAsync([.. datasets.Select(Table)], nullText, largeObjectBytes, cancel);
        var statistics = (await _calls.TablesAsync(cancel)).ToDictionary(table => $"{table.SchemaName}.{table.TableName}", StringComparer.Ordinal);
        var landed = (await aws.Athena.RunAsync(LandingState.Sql(datasets, nullText), workGroup, environment.Names.Database(ZoneName.Landing), cancel))
            .Rows.ToDictionary(row => row[0]!, row => (Rows: Number(row[1]), Doubled: Number(row[2]), Checksum: row[3]), StringComparer.Ordinal);
        return [.. datasets.Select(dataset =>
        {
            var name = Source(dataset).FullName;
            var source = sources.GetValueOrDefault(name);
            var task = statistics.GetValueOrDefault(name);
            return new TableReconciliation(
                name,
                source?.Rows,
                task is null ? null : task.FullLoadRows + task.Inserts - task.Deletes,
                task?.TableState,
                landed[dataset.Name].Rows,
                landed[dataset.Name].Doubled,
                source?.Checksum,
                landed[dataset.Name].Checksum);
        })];
    }

    // As it is deployed, which the project's settings may not be yet.
    private async Task<(string? NullText, int LargeObjectBytes)> FormatAsync(CancellationToken cancel)
    {
        var task = await _calls.DescribeAsync(cancel);
        var files = (await aws.Dms.DescribeEndpointAsync(task.TargetEndpointArn, cancel)).S3Settings;
        var metadata = task.ReplicationTaskSettings is { } settings ? JsonNode.Parse(settings)?["TargetMetadata"] : null;
        return (
            string.Equals(files?.DataFormat, "parquet", StringComparison.OrdinalIgnoreCase) ? null : files?.CsvNullValue ?? ReplicationFormat.CsvNull,
            (bool?)metadata?["FullLobMode"] == true ? 0 : ((int?)metadata?["LobMaxSize"] ?? DefaultKilobytes) * 1024);
    }

    private static ChecksumTable Table(Dataset dataset) => new(Source(dataset).Schema, Source(dataset).Table, [.. dataset.Columns.Where(CanonicalText.IsComparable)
        .Select(column => new ChecksumColumn(column.Name, CanonicalText.Kind(column), CanonicalText.IsLargeObject(column)))]);

    private static DatabaseSource Source(Dataset dataset) => (DatabaseSource)dataset.Source;

    private static long Number(string? value) => long.Parse(value!, CultureInfo.InvariantCulture);
}

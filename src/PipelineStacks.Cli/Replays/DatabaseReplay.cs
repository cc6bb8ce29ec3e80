using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.Aws;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Replays;

/// <summary>
/// Puts rows of a database's table back as a file like DMS's in the table's folder. A row keeps its place among the row's changes, and is refused where
/// a later change has landed: it would bring back what is no more.
/// </summary>
internal sealed class DatabaseReplay(CliContext context, AwsClients aws, Dataset dataset, string bucket, string workGroup, string database) : IReplayTarget
{
    private const string Deleted = "D";

    // An update, since replication verify counts rows by inserts and deletions, and the rejected row is in the landing zone already.
    private const string Updated = "U";

    // Their keys stand in a query, which has 256 kB.
    public int Chunk => 1000;

    public string Where => $"files under s3://{bucket}/{Prefix}";

    private string Prefix => ReplicationFormat.Prefix(dataset);

    public async Task<IReadOnlyDictionary<string, string>> RefuseAsync(IReadOnlyList<ReplayRecord> records, CancellationToken cancel)
    {
        var keys = string.Join(" || '|' || ", dataset.Key.Select(column => $"CAST({column} AS varchar)"));
        var values = string.Join(", ", records.Select(Key).Distinct().Select(key => $"'{key.Replace("'", "''", StringComparison.Ordinal)}'"));
        var sequence = ReplicationFormat.SequenceColumn;
        var result = await aws.Athena.RunAsync(
            $"""
            SELECT {keys} AS row_key, max(CASE WHEN {sequence} <> '{ReplicationFormat.CsvNull}' THEN {sequence} ELSE '' END) AS last_change
            FROM {dataset.Name} WHERE {keys} IN ({values}) GROUP BY {keys}
            """,
            workGroup,
            database,
            cancel);
        var last = result.Rows.ToDictionary(row => row[0]!, row => row[1] ?? "", StringComparer.Ordinal);
        return records.Where(record => string.CompareOrdinal(last.GetValueOrDefault(Key(record), ""), Sequence(record)) > 0)
            .ToDictionary(record => record.Rejected.Id, record => $"a later change of the row has landed ({sequence} {last[Key(record)]}), and this one is out of date");
    }

    public async Task<string> SubmitAsync(IReadOnlyList<ReplayRecord> records, CancellationToken cancel)
    {
        await foreach (var file in aws.S3.ListAsync(bucket, Prefix, cancel))
        {
            if (file.Key.EndsWith(".parquet", StringComparison.Ordinal))
            {
                throw new UserError(
                    ExitCode.Failed,
                    $"The files of {dataset.Name} are Parquet, and rows can be replayed only into CSV. Change the row in the database, an update to its own values is enough, and DMS brings it again.");
            }
        }

        var columns = Tables.Replicated(dataset, FileFormat.Csv).Columns.Select(column => column.Name).ToList();
        var text = new StringBuilder().AppendJoin(',', columns).Append('\n');
        foreach (var record in records)
            text.AppendJoin(',', columns.Select(column => Field(Value(record, column)))).Append('\n');
        return await ReplayFile.AddAsync(aws.S3, bucket, Prefix, text.ToString(), "csv", cancel);
    }

    private string? Value(ReplayRecord record, string column) => column switch
    {
        ReplicationFormat.OperationColumn => Text(record, column) is Deleted ? Deleted : Updated,
        ReplicationFormat.TimestampColumn => Text(record, column) ?? context.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        ReplicationFormat.SequenceColumn => Text(record, column),
        _ => record.Values[column] is { } value ? ValueCheck.Text(value) : null,
    };

    private string Key(ReplayRecord record) => string.Join('|', dataset.Key.Select(column => ValueCheck.Text(record.Values[column]!)));

    private static string Sequence(ReplayRecord record) => Text(record, ReplicationFormat.SequenceColumn) ?? "";

    private static string? Text(ReplayRecord record, string column) =>
        record.Record.FirstOrDefault(member => member.Key.Equals(column, StringComparison.OrdinalIgnoreCase)).Value is JsonValue value && ValueCheck.Text(value) is { Length: > 0 } text
        && text != ReplicationFormat.CsvNull
            ? text
            : null;

    private static string Field(string? value) => value switch
    {
        null => ReplicationFormat.CsvNull,
        _ when value.AsSpan().IndexOfAny(",\"\r\n") < 0 => value,
        _ => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };
}

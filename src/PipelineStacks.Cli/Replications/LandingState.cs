using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replications;

/// <summary>
/// Asks what a table's files of DMS add up to: of each key the row with the greatest change_seq, where a row of the full load has none and comes
/// first, less the keys whose last change is a deletion.
/// </summary>
internal static class LandingState
{
    private const string Sequence = $"coalesce({ReplicationFormat.SequenceColumn}, '')";

    /// <summary>
    /// A query with one row per dataset: its name, its rows, how many lines the files have more than once, and the sum of the rows' hashes.
    /// </summary>
    public static string Sql(IEnumerable<Dataset> datasets, string? nullText) =>
        string.Join("\nUNION ALL\n", datasets.Select(dataset => Sql(dataset.Name, dataset.Key, CanonicalText.Row(dataset.Columns, nullText))));

    internal static string Sql(string table, IReadOnlyList<string> key, string rowText)
    {
        var keys = string.Join(", ", key);
        // The sum of big numbers doesn't fit the type of one.
        return $"""
            SELECT
              '{table}' AS table_name, count_if(is_there) AS row_count, count_if(repeated > 1) AS double_count,
              CAST(coalesce(sum(CASE WHEN is_there THEN CAST(from_big_endian_64(from_hex(substr(to_hex(md5(to_utf8(row_text))), 1, 16))) AS decimal(38, 0)) END), 0) AS varchar) AS checksum
            FROM (
              SELECT
                row_text, {ReplicationFormat.OperationColumn} <> 'D' AND row_number() OVER (PARTITION BY {keys} ORDER BY {Sequence} DESC) = 1 AS is_there,
                count(*) OVER (PARTITION BY {keys}, {Sequence}) AS repeated
              FROM (SELECT {ReplicationFormat.OperationColumn}, {keys}, {ReplicationFormat.SequenceColumn}, {rowText} AS row_text FROM {table}) AS lines
            ) AS states
            """;
    }
}

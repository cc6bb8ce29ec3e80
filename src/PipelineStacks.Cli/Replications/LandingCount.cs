using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replications;

/// <summary>
/// Asks how many rows a table has by the files that DMS wrote. Binary logs tell seconds, so that the time alone does not order what happened to a row
/// within one: there, a row that was inserted once more than deleted is there afterwards, one that was deleted once more is not, and otherwise all is as
/// it was before that second. The last second that changed something decides; where none did, the full load.
/// </summary>
internal static class LandingCount
{
    private const string Op = ReplicationFormat.OperationColumn;
    private const string Time = ReplicationFormat.TimestampColumn;
    private const string IsLoad = """ "$path" LIKE '%/LOAD%' """;

    /// <summary>A query with one row per dataset: its name, its rows, and how many of them the files have more than once.</summary>
    public static string Sql(IEnumerable<Dataset> datasets) => string.Join("\nUNION ALL\n", datasets.Select(dataset => Sql(dataset.Name, dataset.Key)));

    internal static string Sql(string table, IReadOnlyList<string> key)
    {
        var keys = string.Join(", ", key);
        return $"""
            SELECT
              '{table}' AS table_name,
              count_if(CASE WHEN appeared IS NULL AND vanished IS NULL THEN loaded > 0 WHEN vanished IS NULL THEN true WHEN appeared IS NULL THEN false ELSE appeared > vanished END) AS row_count,
              count_if(loaded > 1 OR abs(change) > 1) AS double_count
            FROM (
              SELECT
                {keys}, sum(loaded) AS loaded, sum(change) AS change,
                max(CASE WHEN change > 0 THEN {Time} END) AS appeared, max(CASE WHEN change < 0 THEN {Time} END) AS vanished
              FROM (
                SELECT
                  {keys}, {Time}, count_if({IsLoad}) AS loaded,
                  count_if({Op} = 'I' AND NOT ({IsLoad})) - count_if({Op} = 'D' AND NOT ({IsLoad})) AS change
                FROM {table}
                GROUP BY {keys}, {Time}
              ) AS seconds
              GROUP BY {keys}
            ) AS states
            """;
    }
}

namespace PipelineStacks.Model.Datasets;

/// <summary>The questions that are asked of every dataset of its kind, ready to run in Athena.</summary>
public static class SavedQueries
{
    /// <summary>The questions about a dataset.</summary>
    /// <param name="landing">The database of the landing zone.</param>
    public static IReadOnlyList<SavedQuery> For(Dataset dataset, string landing) => dataset switch
    {
        { Source: StreamSource, Partition.Of: var time } => [.. OfStream(dataset, time, landing), OfRejected(dataset, landing)],
        { Source: FileSource } => [OfRejected(dataset, landing)],
        _ => [OfChanges(dataset, landing)],
    };

    // The time of the change is a text in CSV and a time in Parquet.
    private static SavedQuery OfChanges(Dataset dataset, string landing) => new(
        $"{dataset.Name}_changes",
        $"Rows of {dataset.Name} that were loaded and changed, by day and operation",
        $"""
        SELECT substr(CAST({ReplicationFormat.TimestampColumn} AS varchar), 1, 10) AS change_date, {ReplicationFormat.OperationColumn}, count(*) AS row_count
        FROM {landing}.{dataset.Name}
        GROUP BY 1, 2
        ORDER BY 1 DESC, 2
        """);

    private static IReadOnlyList<SavedQuery> OfStream(Dataset dataset, string time, string landing) =>
    [
        new(
            $"{dataset.Name}_by_day",
            $"Rows of {dataset.Name} that arrived in the last week, by day, and how many of them are different",
            $"""
            SELECT {DatasetRules.ArrivalDate}, count(*) AS row_count, count(DISTINCT {Key(dataset)}) AS different
            FROM {landing}.{dataset.Name}
            WHERE {DatasetRules.ArrivalDate} >= current_date - INTERVAL '7' DAY
            GROUP BY {DatasetRules.ArrivalDate}
            ORDER BY {DatasetRules.ArrivalDate}
            """),
        new(
            $"{dataset.Name}_newest",
            $"The newest rows of {dataset.Name} that arrived today or yesterday",
            $"""
            SELECT *
            FROM {landing}.{dataset.Name}
            WHERE {DatasetRules.ArrivalDate} >= current_date - INTERVAL '1' DAY
            ORDER BY {time} DESC
            LIMIT 100
            """),
    ];

    private static SavedQuery OfRejected(Dataset dataset, string landing) => new(
        $"{dataset.Name}_rejected",
        $"Why records for {dataset.Name} were rejected in the last week, each reason with an example",
        $"""
        SELECT {DatasetRules.ArrivalDate}, error_type,
          coalesce(lasterrorcode, errorcode) AS code, count(*) AS record_count, min(coalesce(lasterrormessage, errormessage)) AS example
        FROM {landing}.{dataset.Name}{Tables.QuarantineSuffix}
        WHERE {DatasetRules.ArrivalDate} >= current_date - INTERVAL '7' DAY
        GROUP BY 1, 2, 3
        ORDER BY record_count DESC
        """);

    private static string Key(Dataset dataset) => dataset.Key.Count == 1 ? dataset.Key[0] : $"({string.Join(", ", dataset.Key)})";
}

/// <summary>A query with a name.</summary>
public sealed record SavedQuery(string Name, string Description, string Sql);

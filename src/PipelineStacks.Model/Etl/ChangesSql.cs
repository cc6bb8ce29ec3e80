using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Etl;

/// <summary>
/// A replicated table: of each key the row as its last change left it, and none where that was a deletion. Rows of the full load have no sequence
/// and come before all changes; between two of them, as of a load that was repeated, the one that arrived later counts.
/// </summary>
internal sealed class ChangesSql(Dataset dataset, FileFormat format)
{
    private const string Operation = ReplicationFormat.OperationColumn;
    private const string Sequence = ReplicationFormat.SequenceColumn;
    private const string Time = ReplicationFormat.TimestampColumn;

    private IEnumerable<string> Names => dataset.Columns.Select(column => column.Name);

    private bool IsText => format == FileFormat.Csv;

    public string Text =>
        $$"""
        {{CleanSql.Header(dataset, "table")}}

        {{(IsText ? FromText : Typed)}}

        {{Rejection.View([Operation, .. dataset.Key.Select(Source)], Fields)}}

        SELECT
          {{CleanSql.Lines(Names)}},
          {{Sequence}}
        FROM (
          SELECT *, row_number() OVER (PARTITION BY {{string.Join(", ", dataset.Key)}} ORDER BY
            {{CleanSql.Lines(Order, indent: 4)}}) AS _place
          FROM (
            SELECT {{string.Join(", ", Names)}}, {{Sequence}}, {{Operation}}, {{Time}}, 1 AS _run
            FROM checked
            WHERE reason = ''
            UNION ALL
            SELECT {{string.Join(", ", Names)}}, {{Sequence}}, 'I', CAST(NULL AS string), 0
            FROM existing
          ) AS versions
        ) AS ranked
        WHERE _place = 1 AND {{Operation}} <> 'D'

        """;

    private IEnumerable<(string, string)> Fields =>
    [
        (Operation, Operation),
        (Time, Time),
        .. dataset.Columns.Select(column => (column.Name, IsText ? Source(column.Name) : Rejection.AsText(column))),
        (Sequence, Sequence),
    ];

    private string Source(string name) => IsText ? $"_{name}" : name;

    private IEnumerable<string> Order =>
    [
        $"{Sequence} DESC NULLS LAST",
        "_run DESC",
        $"{Time} DESC NULLS LAST",
        .. dataset.Columns.Where(column => !dataset.Key.Contains(column.Name)).Select(column => $"{column.Name} ASC NULLS FIRST"),
    ];

    private static string Unknown =>
        $"CASE WHEN {Operation} IS NULL THEN '{Operation} is missing' WHEN {Operation} NOT IN ('I', 'U', 'D') THEN '{Operation} \"' || substr({Operation}, 1, 100) || '\" is none of I, U, D' END";

    private string Typed =>
        $$"""
        CREATE TEMPORARY VIEW checked AS
        SELECT
          {{Operation}}, CAST({{Time}} AS string) AS {{Time}},
          {{CleanSql.Lines(Names)}},
          nullif({{Sequence}}, '') AS {{Sequence}}, _file,
          {{Rejection.Reasons([Unknown, .. dataset.Key.Select(Rejection.Missing)])}} AS reason
        FROM increment;
        """;

    private string FromText =>
        $$"""
        CREATE TEMPORARY VIEW received AS
        SELECT
          {{Operation}}, {{Time}},
          {{CleanSql.Lines(Names.Select(name => $"nullif({name}, '{ReplicationFormat.CsvNull}') AS _{name}"))}},
          nullif(nullif({{Sequence}}, '{{ReplicationFormat.CsvNull}}'), '') AS {{Sequence}}, _file
        FROM increment;

        CREATE TEMPORARY VIEW typed AS
        SELECT *,
          {{CleanSql.Lines(dataset.Columns.Select(column => $"{TextCast.Sql($"_{column.Name}", column.Type)} AS {column.Name}"))}}
        FROM received;

        CREATE TEMPORARY VIEW checked AS
        SELECT *,
          {{Rejection.Reasons([Unknown, .. Checks])}} AS reason
        FROM typed;
        """;

    // A deletion has nothing to say but its key.
    private IEnumerable<string> Checks => dataset.Columns
        .Where(column => column.TypeText != "string" || dataset.Key.Contains(column.Name))
        .Select(column => Rejection.Misfit(column, $"_{column.Name}", dataset.Key.Contains(column.Name), unless: $"{Operation} = 'D'"));
}

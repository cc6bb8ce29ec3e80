using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Etl;

/// <summary>
/// Events: each once within its day. Of several different ones with one key the smallest stays, by time and then by the other columns, whichever
/// run they came with: so that increments end where a rebuild does.
/// </summary>
/// <param name="isText">
/// Whether the landing table's types are somebody else's, so that everything is cast from text, and its columns as well, so that one may be missing.
/// </param>
internal sealed class EventsSql(Dataset dataset, bool isText)
{
    private readonly DatePartition _day = dataset.Partition ?? throw new DatasetException([$"{dataset.Name} has no partition of days, which events need."]);

    private IEnumerable<string> Names => dataset.Columns.Select(column => column.Name);

    private IEnumerable<Column> Required => dataset.Columns.Where(column => dataset.Key.Contains(column.Name) || column.Name == _day.Of);

    public string Text =>
        $$"""
        {{CleanSql.Header(dataset, "partitions")}}

        {{(isText ? FromText : Typed)}}

        {{Rejection.View(Required.Select(column => isText ? $"_{column.Name}" : column.Name), dataset.Columns.Select(column => (column.Key, isText ? $"_{column.Name}" : Rejection.AsText(column))))}}

        SELECT
          {{CleanSql.Lines(Names)}},
          {{_day.Name}}
        FROM (
          SELECT *, row_number() OVER (PARTITION BY {{_day.Name}}, {{string.Join(", ", dataset.Key)}} ORDER BY
            {{CleanSql.Lines(Order.Select(name => $"{name} ASC NULLS FIRST"), indent: 4)}}) AS _place
          FROM (
            SELECT {{string.Join(", ", Names)}}, CAST({{_day.Of}} AS date) AS {{_day.Name}}
            FROM checked
            WHERE reason = ''
            UNION ALL
            SELECT {{string.Join(", ", Names)}}, {{_day.Name}}
            FROM existing
            WHERE {{_day.Name}} IN (SELECT CAST({{_day.Of}} AS date) FROM checked WHERE reason = '')
          ) AS candidates
        ) AS ranked
        WHERE _place = 1

        """;

    // Without maps, which have no order.
    private IEnumerable<string> Order => dataset.Columns
        .Where(column => !dataset.Key.Contains(column.Name) && column.Type is not MapType)
        .OrderByDescending(column => column.Name == _day.Of)
        .Select(column => column.Name);

    private string Typed =>
        $$"""
        CREATE TEMPORARY VIEW checked AS
        SELECT *,
          {{Rejection.Reasons([.. Required.Select(column => Rejection.Missing(column.Name)), .. TooOld])}} AS reason
        FROM increment;
        """;

    private IEnumerable<string> TooOld => dataset.Columns.Where(column => column.TypeText is "date" or "timestamp").Select(column =>
    {
        var first = column.TypeText == "date" ? TextCast.FirstDate : TextCast.FirstTime;
        return $"CASE WHEN {column.Name} < CAST('{first}' AS {column.TypeText}) THEN '{column.Name} is before {first}' END";
    });

    // A name is looked for in the inner table first: a column that no file has is found in the outer one, where it is empty.
    private string FromText =>
        $$"""
        CREATE TEMPORARY VIEW received AS
        SELECT
          {{CleanSql.Lines(Names.Select(name => $"CAST(_{name} AS string) AS _{name}"))}},
          _file
        FROM (
          SELECT
            {{CleanSql.Lines(Names.Select(name => $"CAST(NULL AS string) AS {name}"), indent: 4)}}
        ) AS absent
        CROSS JOIN LATERAL (
          SELECT {{string.Join(", ", Names.Select(name => $"{name} AS _{name}"))}}, _file
          FROM increment
        ) AS present;

        CREATE TEMPORARY VIEW typed AS
        SELECT *,
          {{CleanSql.Lines(dataset.Columns.Select(column => $"{TextCast.Sql($"_{column.Name}", column.Type)} AS {column.Name}"))}}
        FROM received;

        CREATE TEMPORARY VIEW checked AS
        SELECT *,
          {{Rejection.Reasons(Checks)}} AS reason
        FROM typed;
        """;

    private IEnumerable<string> Checks => dataset.Columns
        .Where(column => column.TypeText != "string" || Required.Contains(column))
        .Select(column => Rejection.Misfit(column, $"_{column.Name}", Required.Contains(column)));
}

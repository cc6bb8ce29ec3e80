namespace PipelineStacks.Cli.Tests.Verify;

/// <summary>What Athena answers of a query's results.</summary>
internal static class AthenaAnswers
{
    public static object Rows(params string[][] rows) => new
    {
        ResultSet = new { Rows = rows.Select(row => new { Data = row.Select(value => new { VarCharValue = value }) }), ResultSetMetadata = new { ColumnInfo = Array.Empty<object>() } },
    };
}

using System.Text.Json;
using PipelineStacks.Cli.Tests.Fixtures;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Verify;

/// <summary>An Athena with one dataset, whose records have landed or are in quarantine.</summary>
internal static class FakeAthena
{
    /// <param name="landed">How many a query finds that counts them.</param>
    /// <param name="rejected">The rows that a query of the quarantine finds.</param>
    public static FakeService Of(Func<int> landed, params string[][] rejected)
    {
        return new((target, body) => (200, JsonSerializer.Serialize(Answer(target.Split('.')[^1], body)), null));

        object Answer(string call, string body) => call switch
        {
            "StartQueryExecution" => new { QueryExecutionId = body.Contains(Tables.QuarantineSuffix, StringComparison.Ordinal) ? "rejected" : "landed" },
            "GetQueryExecution" => new { QueryExecution = new { Status = new { State = "SUCCEEDED" } } },
            _ => Rows(body.Contains("landed", StringComparison.Ordinal) ? [[$"{landed()}"]] : rejected),
        };
    }

    private static object Rows(string[][] rows) => new
    {
        ResultSet = new { Rows = rows.Select(row => new { Data = row.Select(value => new { VarCharValue = value }) }), ResultSetMetadata = new { ColumnInfo = Array.Empty<object>() } },
    };
}

using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.Athena;

/// <summary>Amazon Athena.</summary>
public sealed class AthenaClient(AwsSettings settings, TimeProvider time) : IDisposable
{
    private const int PageSize = 1000;

    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromSeconds(1);

    private readonly AwsJsonClient _client = new(new ServiceDescription("Athena", "athena", "2017-05-18", "AmazonAthena"), settings);

    /// <summary>Runs a query to its end and reads all of its result. A cancelled wait stops the query.</summary>
    /// <exception cref="QueryFailedException">Athena's reason.</exception>
    public async Task<QueryResult> RunAsync(string sql, string workGroup, string? database, CancellationToken cancel)
    {
        var started = await _client.CallAsync<StartQueryExecutionInput, QueryExecutionReference>(
            "StartQueryExecution", new(sql, workGroup, database is null ? null : new QueryExecutionContext(database)), cancel);
        var finished = await WaitAsync(started, cancel);
        if (finished.Status.State != "SUCCEEDED")
            throw new QueryFailedException(finished.Status.StateChangeReason ?? $"The query ended as {finished.Status.State}.", finished.Status.State);
        var (columns, rows) = await ReadAsync(started.QueryExecutionId, cancel);
        return new QueryResult(started.QueryExecutionId, columns, rows, finished.Statistics ?? new QueryExecutionStatistics(0, 0, 0));
    }

    /// <summary>The named queries of a workgroup.</summary>
    public async Task<IReadOnlyList<NamedQuery>> ListNamedQueriesAsync(string workGroup, CancellationToken cancel)
    {
        List<NamedQuery> queries = [];
        string? next = null;
        do
        {
            var page = await _client.CallAsync<ListNamedQueriesInput, ListNamedQueriesOutput>("ListNamedQueries", new(workGroup, next), cancel);
            foreach (var id in page.NamedQueryIds)
                queries.Add((await _client.CallAsync<GetNamedQueryInput, GetNamedQueryOutput>("GetNamedQuery", new(id), cancel)).NamedQuery);
            next = page.NextToken;
        }
        while (next is not null);

        return queries;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<QueryExecution> WaitAsync(QueryExecutionReference query, CancellationToken cancel)
    {
        try
        {
            for (var wait = FirstPoll; ; wait = wait < SlowestPoll ? wait * 1.5 : SlowestPoll)
            {
                var state = (await _client.CallAsync<QueryExecutionReference, GetQueryExecutionOutput>("GetQueryExecution", query, cancel)).QueryExecution;
                if (state.Status.State is not ("QUEUED" or "RUNNING"))
                    return state;
                await Task.Delay(wait, time, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // An abandoned query would go on scanning, which is what Athena bills.
            await _client.CallAsync("StopQueryExecution", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(query), CancellationToken.None);
            throw;
        }
    }

    private async Task<(IReadOnlyList<ColumnInfo> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows)> ReadAsync(string id, CancellationToken cancel)
    {
        List<IReadOnlyList<string?>> rows = [];
        IReadOnlyList<ColumnInfo> columns = [];
        string? next = null;
        do
        {
            var page = await _client.CallAsync<GetQueryResultsInput, GetQueryResultsOutput>("GetQueryResults", new(id, next, PageSize), cancel);
            if (next is null)
                columns = page.ResultSet.ResultSetMetadata?.ColumnInfo ?? [];
            var values = page.ResultSet.Rows.Select(IReadOnlyList<string?> (row) => [.. row.Data.Select(datum => datum.VarCharValue)]);
            // The first row of a SELECT repeats the columns' names; of DDL it does not.
            rows.AddRange(next is null && rows.Count == 0 && page.ResultSet.Rows is [var first, ..] && IsHeader(first, columns) ? values.Skip(1) : values);
            next = page.NextToken;
        }
        while (next is not null);

        return (columns, rows);
    }

    private static bool IsHeader(Row row, IReadOnlyList<ColumnInfo> columns) =>
        row.Data.Select(datum => datum.VarCharValue).SequenceEqual(columns.Select(column => column.Name));
}

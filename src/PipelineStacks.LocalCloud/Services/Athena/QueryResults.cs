using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Results;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>Reads results back from the bucket, page by page, as Athena does.</summary>
internal sealed class QueryResults(QueryExecutions executions, IObjectStore store)
{
    private const int MostRows = 1000;

    public GetQueryResultsOutput Get(Call call, GetQueryResultsInput request)
    {
        var query = executions.Find(call, "athena:GetQueryResults", request.QueryExecutionId);
        var state = query.Execution.Status.State;
        if (state is "QUEUED" or "RUNNING")
            throw AthenaErrors.Invalid($"Query has not yet finished. Current state: {state}");
        if (state is not "SUCCEEDED")
            throw AthenaErrors.Invalid($"Query did not finish successfully. Final query state: {state}");
        if (request.MaxResults is < 1 or > MostRows)
            throw AthenaErrors.Invalid("MaxResults is more than maximum allowed length 1000");
        if (request.QueryResultType is { } type and not "DATA_ROWS")
            throw ServiceException.Unsupported($"QueryResultType {type} of Athena GetQueryResults");
        var start = 0L;
        if (request.NextToken is { } token && !long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            throw AthenaErrors.Invalid("Invalid NextToken");
        var file = File(call, query);
        var (rows, next) = query.HasHeader
            ? ResultFile.ReadRows(file, start, request.MaxResults ?? MostRows) : ResultFile.ReadLines(file, start, request.MaxResults ?? MostRows);
        return new(query.UpdateCount ?? 0,
            new([.. rows.Select(row => new Row([.. row.Select(value => new Datum(value))]))], new(query.Columns ?? [])),
            next?.ToString(CultureInfo.InvariantCulture));
    }

    private string File(Call call, StoredQuery query)
    {
        var output = S3Location.Parse(query.Execution.ResultConfiguration.OutputLocation!)!.Value;
        try
        {
            return store.Get(call, output.Bucket, output.Prefix).File;
        }
        catch (ServiceException error) when (error.Code is "NoSuchKey" or "NoSuchBucket")
        {
            throw AthenaErrors.Invalid($"Could not find results of query {query.Execution.QueryExecutionId}: {output} does not exist.");
        }
    }
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Athena.Statements;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>Starting, watching and stopping queries.</summary>
internal sealed class QueryExecutions(
    AthenaState state, WorkGroups groups, PreparedStatements prepared, QueryRunner runner, IObjectStore store, TimeProvider time)
{
    public StartQueryExecutionOutput Start(Call call, StartQueryExecutionInput request)
    {
        var group = request.WorkGroup ?? WorkGroups.Primary;
        call.Authorize("athena:StartQueryExecution", AthenaState.WorkGroupArn(call, group));
        var settings = groups.Find(call, group);
        if (settings.State is not "ENABLED")
            throw AthenaErrors.Invalid($"WorkGroup {group} is disabled.");
        if (string.IsNullOrWhiteSpace(request.QueryString))
            throw AthenaErrors.Invalid("Query string is empty");
        if (Repeated(call, request) is { } before)
            return new(before.Execution.QueryExecutionId);
        var configuration = Configuration(settings, request.ResultConfiguration);
        var database = (request.QueryExecutionContext?.Database ?? "default").ToLowerInvariant();
        if (request.QueryExecutionContext?.Catalog is { } catalog && !catalog.Equals("AwsDataCatalog", StringComparison.OrdinalIgnoreCase))
            throw AthenaErrors.Invalid($"Data catalog {catalog} was not found");
        var statement = Parse(call, group, request, database);
        var id = Guid.NewGuid().ToString();
        var output = Output(call, configuration, id + statement.Extension);
        state.Queries.Put(AthenaState.Key(call, id), new(
            new()
            {
                QueryExecutionId = id,
                Query = request.QueryString.Trim().TrimEnd(';'),
                StatementType = statement.Type,
                SubstatementType = statement.Substatement,
                ResultConfiguration = configuration with { OutputLocation = output.ToString() },
                ResultReuseConfiguration = request.ResultReuseConfiguration,
                QueryExecutionContext = new(database, "awsdatacatalog"),
                Status = new() { State = "QUEUED", SubmissionDateTime = time.GetUtcNow() },
                Statistics = new(),
                WorkGroup = group,
                EngineVersion = EngineVersion.Three,
                ExecutionParameters = request.ExecutionParameters,
            },
            request.ClientRequestToken));
        runner.Enqueue(new(call, id, statement, database, output, settings.Configuration.BytesScannedCutoffPerQuery));
        return new(id);
    }

    public GetQueryExecutionOutput Get(Call call, QueryExecutionIdInput request) => new(Find(call, "athena:GetQueryExecution", request.QueryExecutionId).Execution);

    public BatchGetQueryExecutionOutput BatchGet(Call call, BatchGetQueryExecutionInput request)
    {
        call.Authorize("athena:BatchGetQueryExecution", "*");
        var found = new List<QueryExecution>();
        var missing = new List<UnprocessedQueryExecutionId>();
        foreach (var id in request.QueryExecutionIds)
        {
            if (state.Queries.TryGet(AthenaState.Key(call, id), out var query))
                found.Add(query.Execution);
            else
                missing.Add(new(id, "INVALID_INPUT", $"QueryExecution {id} was not found"));
        }

        return new(found, missing);
    }

    /// <summary>The newest first.</summary>
    public ListQueryExecutionsOutput List(Call call, ListQueryExecutionsInput request)
    {
        var group = request.WorkGroup ?? WorkGroups.Primary;
        call.Authorize("athena:ListQueryExecutions", AthenaState.WorkGroupArn(call, group));
        groups.Find(call, group);
        var page = AthenaErrors.Page(
            state.Queries.In(call.Account, call.Region).Where(query => query.Execution.WorkGroup == group)
                .OrderByDescending(query => query.Execution.Status.SubmissionDateTime).Select(query => query.Execution.QueryExecutionId),
            request.NextToken, request.MaxResults);
        return new(page.Items, page.Next);
    }

    public Empty Stop(Call call, QueryExecutionIdInput request)
    {
        Find(call, "athena:StopQueryExecution", request.QueryExecutionId);
        runner.Stop(call, request.QueryExecutionId);
        return Empty.Value;
    }

    public GetQueryRuntimeStatisticsOutput RuntimeStatistics(Call call, QueryExecutionIdInput request)
    {
        var query = Find(call, "athena:GetQueryRuntimeStatistics", request.QueryExecutionId);
        var times = query.Execution.Statistics;
        return new(new(
            new(times.QueryQueueTimeInMillis ?? 0, times.QueryPlanningTimeInMillis ?? 0, times.EngineExecutionTimeInMillis ?? 0,
                times.ServiceProcessingTimeInMillis ?? 0, times.TotalExecutionTimeInMillis ?? 0),
            new(times.DataScannedInBytes, query.OutputBytes, query.OutputRows)));
    }

    public StoredQuery Find(Call call, string action, string id)
    {
        var query = state.Queries.TryGet(AthenaState.Key(call, id), out var found) ? found : null;
        call.Authorize(action, query is null ? "*" : AthenaState.WorkGroupArn(call, query.Execution.WorkGroup));
        return query ?? throw AthenaErrors.Invalid($"QueryExecution {id} was not found");
    }

    private StoredQuery? Repeated(Call call, StartQueryExecutionInput request)
    {
        if (request.ClientRequestToken is not { Length: > 0 } token)
            return null;
        var before = state.Queries.In(call.Account, call.Region).FirstOrDefault(query => query.Token == token);
        return before is null || before.Execution.Query == request.QueryString.Trim().TrimEnd(';')
            ? before : throw AthenaErrors.Invalid("Idempotent parameters do not match");
    }

    private Statement Parse(Call call, string group, StartQueryExecutionInput request, string database)
    {
        var (sql, parameters) = (request.QueryString, request.ExecutionParameters ?? []);
        try
        {
            if (ExecuteStatement.Read(sql) is { } execute)
            {
                parameters = execute.Values.Count > 0 ? execute.Values : parameters;
                sql = prepared.Find(call, group, execute.Name).QueryStatement;
            }

            return StatementParser.Parse(sql, database, parameters);
        }
        catch (SqlException error) when (error.IsSyntax || error.IsNotSupported)
        {
            throw AthenaErrors.Invalid(error.Message);
        }
        catch (SqlException)
        {
            // Everything else is the query's own failure, which it meets again when it runs.
            return new SelectStatement(SqlLexer.Split(sql), parameters);
        }
    }

    // A workgroup that enforces its settings overrides the client's.
    private static ResultConfiguration Configuration(WorkGroup group, ResultConfiguration? asked)
    {
        var own = group.Configuration.ResultConfiguration ?? new();
        var configuration = group.Configuration.EnforceWorkGroupConfiguration == true ? own
            : (asked ?? new()) with { OutputLocation = asked?.OutputLocation ?? own.OutputLocation, EncryptionConfiguration = asked?.EncryptionConfiguration ?? own.EncryptionConfiguration };
        return configuration.OutputLocation is not null ? configuration : throw AthenaErrors.Invalid(
            "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.");
    }

    private S3Location Output(Call call, ResultConfiguration configuration, string name)
    {
        var folder = S3Location.Parse(configuration.OutputLocation!)?.Folder
            ?? throw AthenaErrors.Invalid($"outputLocation is not a valid S3 path: {configuration.OutputLocation}");
        var output = folder with { Prefix = folder.Prefix + name };
        try
        {
            store.List(call, output.Bucket, output.Prefix);
            return output;
        }
        catch (ServiceException error) when (error.Code == "NoSuchBucket")
        {
            throw AthenaErrors.Invalid($"Unable to verify/create output bucket {output.Bucket}");
        }
    }
}

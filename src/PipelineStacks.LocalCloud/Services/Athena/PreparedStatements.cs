using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>Statements with placeholders, saved in a workgroup and run by <c>EXECUTE name USING …</c>.</summary>
internal sealed class PreparedStatements(AthenaState state, WorkGroups groups, TimeProvider time)
{
    public static ResourceKey Key(Call call, string group, string name) => AthenaState.Key(call, $"{group}/{name}");

    public Empty Create(Call call, PutPreparedStatementInput request)
    {
        call.Authorize("athena:CreatePreparedStatement", AthenaState.WorkGroupArn(call, request.WorkGroup));
        groups.Find(call, request.WorkGroup);
        lock (state.Writing)
        {
            if (state.PreparedStatements.TryGet(Key(call, request.WorkGroup, request.StatementName), out _))
                throw AthenaErrors.Invalid("Prepared statement already exists");
            Put(call, request);
        }

        return Empty.Value;
    }

    public GetPreparedStatementOutput Get(Call call, PreparedStatementInput request)
    {
        call.Authorize("athena:GetPreparedStatement", AthenaState.WorkGroupArn(call, request.WorkGroup));
        return new(Find(call, request.WorkGroup, request.StatementName));
    }

    public ListPreparedStatementsOutput List(Call call, ListPreparedStatementsInput request)
    {
        call.Authorize("athena:ListPreparedStatements", AthenaState.WorkGroupArn(call, request.WorkGroup));
        groups.Find(call, request.WorkGroup);
        var page = AthenaErrors.Page(
            state.PreparedStatements.In(call.Account, call.Region).Where(statement => statement.WorkGroupName == request.WorkGroup)
                .Select(statement => new PreparedStatementSummary(statement.StatementName, statement.LastModifiedTime)),
            request.NextToken, request.MaxResults);
        return new(page.Items, page.Next);
    }

    public Empty Update(Call call, PutPreparedStatementInput request)
    {
        call.Authorize("athena:UpdatePreparedStatement", AthenaState.WorkGroupArn(call, request.WorkGroup));
        lock (state.Writing)
        {
            Find(call, request.WorkGroup, request.StatementName);
            Put(call, request);
        }

        return Empty.Value;
    }

    public Empty Delete(Call call, PreparedStatementInput request)
    {
        call.Authorize("athena:DeletePreparedStatement", AthenaState.WorkGroupArn(call, request.WorkGroup));
        lock (state.Writing)
        {
            Find(call, request.WorkGroup, request.StatementName);
            state.PreparedStatements.Remove(Key(call, request.WorkGroup, request.StatementName));
        }

        return Empty.Value;
    }

    public PreparedStatement Find(Call call, string group, string name) =>
        state.PreparedStatements.TryGet(Key(call, group, name), out var found)
            ? found : throw AthenaErrors.NotFound($"PreparedStatement {name} was not found in workGroup {group}");

    private void Put(Call call, PutPreparedStatementInput request) => state.PreparedStatements.Put(Key(call, request.WorkGroup, request.StatementName), new()
    {
        StatementName = request.StatementName,
        QueryStatement = request.QueryStatement,
        WorkGroupName = request.WorkGroup,
        Description = request.Description,
        LastModifiedTime = time.GetUtcNow(),
    });
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>Queries saved under a name.</summary>
internal sealed class NamedQueries(AthenaState state, WorkGroups groups)
{
    public CreateNamedQueryOutput Create(Call call, CreateNamedQueryInput request)
    {
        var group = request.WorkGroup ?? WorkGroups.Primary;
        call.Authorize("athena:CreateNamedQuery", AthenaState.WorkGroupArn(call, group));
        groups.Find(call, group);
        // A client that repeats its call with its token gets the query that it has made already.
        var id = request.ClientRequestToken is { Length: > 0 } token ? Ids.From($"{call.Account}/{call.Region}/{token}") : Guid.NewGuid().ToString();
        state.NamedQueries.Put(AthenaState.Key(call, id), new()
        {
            Name = request.Name,
            Description = request.Description,
            Database = request.Database,
            QueryString = request.QueryString,
            NamedQueryId = id,
            WorkGroup = group,
        });
        return new(id);
    }

    public GetNamedQueryOutput Get(Call call, NamedQueryIdInput request)
    {
        call.Authorize("athena:GetNamedQuery", "*");
        return new(Find(call, request.NamedQueryId));
    }

    public BatchGetNamedQueryOutput BatchGet(Call call, BatchGetNamedQueryInput request)
    {
        call.Authorize("athena:BatchGetNamedQuery", "*");
        var found = new List<NamedQuery>();
        var missing = new List<UnprocessedNamedQueryId>();
        foreach (var id in request.NamedQueryIds)
        {
            if (state.NamedQueries.TryGet(AthenaState.Key(call, id), out var query))
                found.Add(query);
            else
                missing.Add(new(id, "INVALID_INPUT", $"NamedQuery {id} was not found"));
        }

        return new(found, missing);
    }

    public ListNamedQueriesOutput List(Call call, ListNamedQueriesInput request)
    {
        var group = request.WorkGroup ?? WorkGroups.Primary;
        call.Authorize("athena:ListNamedQueries", AthenaState.WorkGroupArn(call, group));
        groups.Find(call, group);
        var page = AthenaErrors.Page(
            state.NamedQueries.In(call.Account, call.Region).Where(query => query.WorkGroup == group).Select(query => query.NamedQueryId),
            request.NextToken, request.MaxResults);
        return new(page.Items, page.Next);
    }

    public Empty Update(Call call, UpdateNamedQueryInput request)
    {
        call.Authorize("athena:UpdateNamedQuery", "*");
        lock (state.Writing)
            state.NamedQueries.Put(AthenaState.Key(call, request.NamedQueryId), Find(call, request.NamedQueryId) with
            {
                Name = request.Name,
                Description = request.Description,
                QueryString = request.QueryString,
            });
        return Empty.Value;
    }

    public Empty Delete(Call call, NamedQueryIdInput request)
    {
        call.Authorize("athena:DeleteNamedQuery", "*");
        lock (state.Writing)
        {
            Find(call, request.NamedQueryId);
            state.NamedQueries.Remove(AthenaState.Key(call, request.NamedQueryId));
        }

        return Empty.Value;
    }

    private NamedQuery Find(Call call, string id) =>
        state.NamedQueries.TryGet(AthenaState.Key(call, id), out var found) ? found : throw AthenaErrors.Invalid($"NamedQuery {id} was not found");
}

/// <summary>Ids that are the same for the same text, for calls that clients may repeat.</summary>
internal static class Ids
{
    public static string From(string text)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }
}

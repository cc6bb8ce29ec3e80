using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>The catalog's databases.</summary>
internal sealed class GlueDatabases(CatalogState state, GlueTables tables, GlueTags tags, TimeProvider time)
{
    public Empty Create(Call call, CreateDatabaseRequest request)
    {
        var name = CatalogState.Fold(request.DatabaseInput?.Name, "databaseInput.name");
        call.Authorize("glue:CreateDatabase", CatalogState.DatabaseArn(call, name));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        lock (state.Writing)
        {
            var key = CatalogState.Key(call, name);
            if (state.Databases.TryGet(key, out _))
                throw GlueErrors.Exists("Database");
            state.Databases.Put(key, Make(call, name, request.DatabaseInput!, time.GetUtcNow()));
            if (request.Tags is { Count: > 0 })
                tags.Put(call, CatalogState.DatabaseArn(call, name), request.Tags);
        }

        return Empty.Value;
    }

    public GetDatabaseResponse Get(Call call, GetDatabaseRequest request)
    {
        var name = CatalogState.Fold(request.Name, "name");
        call.Authorize("glue:GetDatabase", CatalogState.DatabaseArn(call, name));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        return new(state.FindDatabase(call, name));
    }

    public GetDatabasesResponse List(Call call, GetDatabasesRequest request)
    {
        call.Authorize("glue:GetDatabases", call.Arn("glue", "catalog"));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        if (request.AttributesToGet is not null)
            throw ServiceException.Unsupported("AttributesToGet of Glue GetDatabases");
        var page = GluePages.Of([.. state.Databases.In(call.Account, call.Region)], request.NextToken, request.MaxResults, 100);
        return new(page.Items, page.Next);
    }

    public Empty Update(Call call, UpdateDatabaseRequest request)
    {
        var name = CatalogState.Fold(request.Name, "name");
        call.Authorize("glue:UpdateDatabase", CatalogState.DatabaseArn(call, name));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        if (CatalogState.Fold(request.DatabaseInput?.Name, "databaseInput.name") != name)
            throw ServiceException.Unsupported("Renaming a Glue database");
        lock (state.Writing)
        {
            var before = state.FindDatabase(call, name);
            state.Databases.Put(CatalogState.Key(call, name), Make(call, name, request.DatabaseInput!, before.CreateTime));
        }

        return Empty.Value;
    }

    /// <summary>Deletes the database with all its tables, as Glue does without asking.</summary>
    public Empty Delete(Call call, DeleteDatabaseRequest request)
    {
        var name = CatalogState.Fold(request.Name, "name");
        call.Authorize("glue:DeleteDatabase", CatalogState.DatabaseArn(call, name));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        lock (state.Writing)
        {
            state.FindDatabase(call, name);
            foreach (var table in state.TablesOf(call, name))
                tables.Remove(call, table);
            state.Databases.Remove(CatalogState.Key(call, name));
            tags.Forget(call, CatalogState.DatabaseArn(call, name));
        }

        return Empty.Value;
    }

    public static GetCatalogImportStatusResponse ImportStatus(Call call, GetCatalogImportStatusRequest request)
    {
        call.Authorize("glue:GetCatalogImportStatus", call.Arn("glue", "catalog"));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        return new(new CatalogImportStatus(ImportCompleted: true));
    }

    private static Database Make(Call call, string name, DatabaseInput input, DateTimeOffset created)
    {
        if (input.TargetDatabase is not null)
            throw ServiceException.Unsupported("TargetDatabase (a resource link) of a Glue database");
        return new()
        {
            Name = name,
            Description = input.Description,
            LocationUri = input.LocationUri,
            Parameters = input.Parameters,
            CreateTime = created,
            CreateTableDefaultPermissions = input.CreateTableDefaultPermissions,
            CatalogId = call.Account,
        };
    }
}

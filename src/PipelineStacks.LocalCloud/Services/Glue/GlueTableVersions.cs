using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>The versions that a table has had. Numbers start at 0 and grow with every update.</summary>
internal sealed class GlueTableVersions(CatalogState state)
{
    public GetTableVersionResponse Get(Call call, GetTableVersionRequest request)
    {
        var (database, name) = Open(call, "glue:GetTableVersion", request.CatalogId, request.DatabaseName, request.TableName);
        var current = state.FindTable(call, database, name);
        if (request.VersionId is null || request.VersionId == current.VersionId)
            return new(new(current, current.VersionId));
        return state.Archive.TryGet(CatalogState.Key(call, database, name, request.VersionId), out var old)
            ? new(new TableVersion(old, old.VersionId))
            : throw GlueErrors.NotFound($"Table version {request.VersionId} not found.");
    }

    /// <summary>The newest first.</summary>
    public GetTableVersionsResponse List(Call call, GetTableVersionsRequest request)
    {
        var (database, name) = Open(call, "glue:GetTableVersions", request.CatalogId, request.DatabaseName, request.TableName);
        var current = state.FindTable(call, database, name);
        IReadOnlyList<TableVersion> all =
        [
            .. state.ArchiveOf(call, database, name).Append(current)
                .OrderByDescending(table => int.Parse(table.VersionId, CultureInfo.InvariantCulture))
                .Select(table => new TableVersion(table, table.VersionId)),
        ];
        var page = GluePages.Of(all, request.NextToken, request.MaxResults, 100);
        return new(page.Items, page.Next);
    }

    public Empty Delete(Call call, DeleteTableVersionRequest request)
    {
        var (database, name) = Open(call, "glue:DeleteTableVersion", request.CatalogId, request.DatabaseName, request.TableName);
        lock (state.Writing)
        {
            var current = state.FindTable(call, database, name);
            if (request.VersionId == current.VersionId)
                throw GlueErrors.Invalid("The current version of a table can't be deleted.");
            var key = CatalogState.Key(call, database, name, request.VersionId);
            if (!state.Archive.Remove(key))
                throw GlueErrors.NotFound($"Table version {request.VersionId} not found.");
        }

        return Empty.Value;
    }

    private static (string Database, string Table) Open(Call call, string action, string? catalogId, string databaseName, string tableName)
    {
        var database = CatalogState.Fold(databaseName, "databaseName");
        var name = CatalogState.Fold(tableName, "tableName");
        call.Authorize(action, CatalogState.TableArn(call, database, name));
        CatalogState.RequireOwnCatalog(call, catalogId);
        return (database, name);
    }
}

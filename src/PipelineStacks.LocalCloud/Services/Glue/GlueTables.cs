using System.Globalization;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>The catalog's tables in their current version.</summary>
internal sealed class GlueTables(CatalogState state, GlueTags tags, TimeProvider time)
{
    public Empty Create(Call call, CreateTableRequest request)
    {
        var database = CatalogState.Fold(request.DatabaseName, "databaseName");
        var name = CatalogState.Fold(request.TableInput?.Name, "tableInput.name");
        call.Authorize("glue:CreateTable", CatalogState.TableArn(call, database, name));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        Check(request.TableInput!, request.TransactionId);
        lock (state.Writing)
        {
            state.FindDatabase(call, database);
            var key = CatalogState.Key(call, database, name);
            if (state.Tables.TryGet(key, out _))
                throw GlueErrors.Exists("Table");
            state.Tables.Put(key, Make(call, database, name, request.TableInput!, time.GetUtcNow(), "0"));
        }

        return Empty.Value;
    }

    public Empty Update(Call call, UpdateTableRequest request)
    {
        var database = CatalogState.Fold(request.DatabaseName, "databaseName");
        var name = CatalogState.Fold(request.TableInput?.Name, "tableInput.name");
        call.Authorize("glue:UpdateTable", CatalogState.TableArn(call, database, name));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        Check(request.TableInput!, request.TransactionId);
        lock (state.Writing)
        {
            var before = state.FindTable(call, database, name);
            if (request.VersionId is not null && request.VersionId != before.VersionId)
                throw new ServiceException("ConcurrentModificationException", $"Update table failed due to concurrent modifications.");
            var version = int.Parse(before.VersionId, CultureInfo.InvariantCulture);
            if (!request.SkipArchive)
                state.Archive.Put(CatalogState.Key(call, database, name, before.VersionId), before);
            state.Tables.Put(CatalogState.Key(call, database, name), Make(call, database, name, request.TableInput!, before.CreateTime,
                (version + 1).ToString(CultureInfo.InvariantCulture)));
        }

        return Empty.Value;
    }

    public GetTableResponse Get(Call call, GetTableRequest request)
    {
        var database = CatalogState.Fold(request.DatabaseName, "databaseName");
        var name = CatalogState.Fold(request.Name, "name");
        call.Authorize("glue:GetTable", CatalogState.TableArn(call, database, name));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        RefuseTransactions(request.TransactionId, request.QueryAsOfTime);
        return new(state.FindTable(call, database, name, "Entity Not Found"));
    }

    public GetTablesResponse List(Call call, GetTablesRequest request)
    {
        var database = CatalogState.Fold(request.DatabaseName, "databaseName");
        call.Authorize("glue:GetTables", CatalogState.DatabaseArn(call, database));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        RefuseTransactions(request.TransactionId, request.QueryAsOfTime);
        if (request.AttributesToGet is not null)
            throw ServiceException.Unsupported("AttributesToGet of Glue GetTables");
        state.FindDatabase(call, database);
        var all = state.TablesOf(call, database);
        if (!string.IsNullOrEmpty(request.Expression))
        {
            var pattern = Pattern(request.Expression);
            all = [.. all.Where(table => pattern.IsMatch(table.Name))];
        }

        var page = GluePages.Of(all, request.NextToken, request.MaxResults, 100);
        return new(page.Items, page.Next);
    }

    public SearchTablesResponse Search(Call call, SearchTablesRequest request)
    {
        call.Authorize("glue:SearchTables", call.Arn("glue", "catalog"));
        CatalogState.RequireOwnCatalog(call, request.CatalogId);
        if (request.Filters is { Count: > 0 } || request.SortCriteria is { Count: > 0 })
            throw ServiceException.Unsupported("Filters and SortCriteria of Glue SearchTables");
        var text = request.SearchText?.Trim('"');
        IReadOnlyList<Table> found =
        [
            .. state.Tables.In(call.Account, call.Region).Where(table => string.IsNullOrEmpty(text)
                || table.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
                || (table.Description?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false)),
        ];
        var page = GluePages.Of(found, request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public Empty Delete(Call call, DeleteTableRequest request)
    {
        Delete(call, request.CatalogId, request.DatabaseName, request.Name, request.TransactionId);
        return Empty.Value;
    }

    public BatchDeleteTableResponse BatchDelete(Call call, BatchDeleteTableRequest request)
    {
        var errors = new List<TableError>();
        foreach (var name in request.TablesToDelete)
        {
            try
            {
                Delete(call, request.CatalogId, request.DatabaseName, name, request.TransactionId);
            }
            catch (ServiceException error)
            {
                errors.Add(new(name, GlueErrors.Detail(error)));
            }
        }

        return new(errors.Count > 0 ? errors : null);
    }

    /// <summary>Takes the table out with everything that hangs on it. The caller holds the lock.</summary>
    public void Remove(Call call, Table table)
    {
        foreach (var partition in state.PartitionsOf(call, table.DatabaseName, table.Name))
            state.Partitions.Remove(CatalogState.PartitionKey(call, table.DatabaseName, table.Name, partition.Values));
        foreach (var old in state.ArchiveOf(call, table.DatabaseName, table.Name))
            state.Archive.Remove(CatalogState.Key(call, table.DatabaseName, table.Name, old.VersionId));
        state.Tables.Remove(CatalogState.Key(call, table.DatabaseName, table.Name));
        tags.Forget(call, CatalogState.TableArn(call, table.DatabaseName, table.Name));
    }

    private void Delete(Call call, string? catalogId, string databaseName, string tableName, string? transactionId)
    {
        var database = CatalogState.Fold(databaseName, "databaseName");
        var name = CatalogState.Fold(tableName, "name");
        call.Authorize("glue:DeleteTable", CatalogState.TableArn(call, database, name));
        CatalogState.RequireOwnCatalog(call, catalogId);
        RefuseTransactions(transactionId, null);
        lock (state.Writing)
            Remove(call, state.FindTable(call, database, name));
    }

    private static void Check(TableInput input, string? transactionId)
    {
        RefuseTransactions(transactionId, null);
        if (input.TargetTable is not null)
            throw ServiceException.Unsupported("TargetTable (a resource link) of a Glue table");
        if (input.StorageDescriptor?.SchemaReference is not null)
            throw ServiceException.Unsupported("SchemaReference of a Glue table");
    }

    private static void RefuseTransactions(string? transactionId, DateTimeOffset? asOf)
    {
        if (transactionId is not null || asOf is not null)
            throw ServiceException.Unsupported("TransactionId and QueryAsOfTime of Glue (governed tables)");
    }

    private static Regex Pattern(string expression)
    {
        try
        {
            return new Regex($"^(?:{expression})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException error)
        {
            throw GlueErrors.Invalid($"Invalid expression '{expression}': {error.Message}");
        }
    }

    private Table Make(Call call, string database, string name, TableInput input, DateTimeOffset created, string version) => new()
    {
        Name = name,
        DatabaseName = database,
        Description = input.Description,
        Owner = input.Owner,
        CreateTime = created,
        UpdateTime = time.GetUtcNow(),
        LastAccessTime = input.LastAccessTime,
        LastAnalyzedTime = input.LastAnalyzedTime,
        Retention = input.Retention,
        StorageDescriptor = input.StorageDescriptor,
        PartitionKeys = input.PartitionKeys ?? [],
        ViewOriginalText = input.ViewOriginalText,
        ViewExpandedText = input.ViewExpandedText,
        TableType = input.TableType,
        Parameters = input.Parameters,
        CreatedBy = call.Principal.Arn,
        CatalogId = call.Account,
        VersionId = version,
    };
}

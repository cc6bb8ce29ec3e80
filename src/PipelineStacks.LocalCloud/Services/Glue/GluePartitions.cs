using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>The partitions that are registered in the catalog.</summary>
internal sealed class GluePartitions(CatalogState state, TimeProvider time)
{
    public Empty Create(Call call, CreatePartitionRequest request)
    {
        var table = Open(call, "glue:CreatePartition", request.CatalogId, request.DatabaseName, request.TableName);
        Create(call, table, request.PartitionInput);
        return Empty.Value;
    }

    public PartitionErrorsResponse BatchCreate(Call call, BatchCreatePartitionRequest request)
    {
        var table = Open(call, "glue:BatchCreatePartition", request.CatalogId, request.DatabaseName, request.TableName);
        return Collect(request.PartitionInputList, input => input.Values ?? [], input => Create(call, table, input));
    }

    public GetPartitionResponse Get(Call call, GetPartitionRequest request)
    {
        var table = Open(call, "glue:GetPartition", request.CatalogId, request.DatabaseName, request.TableName);
        return new(Find(call, table, request.PartitionValues));
    }

    public GetPartitionsResponse List(Call call, GetPartitionsRequest request)
    {
        var table = Open(call, "glue:GetPartitions", request.CatalogId, request.DatabaseName, request.TableName);
        if (request.TransactionId is not null || request.QueryAsOfTime is not null)
            throw ServiceException.Unsupported("TransactionId and QueryAsOfTime of Glue (governed tables)");
        var all = state.PartitionsOf(call, table.DatabaseName, table.Name);
        if (!string.IsNullOrWhiteSpace(request.Expression))
        {
            var matches = PartitionExpression.Parse(request.Expression, table.PartitionKeys ?? []);
            all = [.. all.Where(partition => matches(partition.Values))];
        }

        if (request.Segment is { } segment)
            all = [.. all.Where((_, index) => index % segment.TotalSegments == segment.SegmentNumber)];
        if (request.ExcludeColumnSchema)
            all = [.. all.Select(WithoutColumns)];
        var page = GluePages.Of(all, request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public BatchGetPartitionResponse BatchGet(Call call, BatchGetPartitionRequest request)
    {
        var table = Open(call, "glue:BatchGetPartition", request.CatalogId, request.DatabaseName, request.TableName);
        return new(
            [
                .. request.PartitionsToGet
                    .Select(wanted => state.Partitions.TryGet(KeyOf(call, table, wanted.Values), out var found) ? found : null).OfType<Partition>(),
            ],
            null);
    }

    public Empty Update(Call call, UpdatePartitionRequest request)
    {
        var table = Open(call, "glue:UpdatePartition", request.CatalogId, request.DatabaseName, request.TableName);
        Update(call, table, request.PartitionValueList, request.PartitionInput);
        return Empty.Value;
    }

    public BatchUpdatePartitionResponse BatchUpdate(Call call, BatchUpdatePartitionRequest request)
    {
        var table = Open(call, "glue:BatchUpdatePartition", request.CatalogId, request.DatabaseName, request.TableName);
        var failed = Collect(request.Entries, entry => entry.PartitionValueList,
            entry => Update(call, table, entry.PartitionValueList, entry.PartitionInput)).Errors;
        return new(failed is null ? null : [.. failed.Select(error => new BatchUpdatePartitionFailureEntry(error.PartitionValues, error.ErrorDetail))]);
    }

    public Empty Delete(Call call, DeletePartitionRequest request)
    {
        var table = Open(call, "glue:DeletePartition", request.CatalogId, request.DatabaseName, request.TableName);
        Delete(call, table, request.PartitionValues);
        return Empty.Value;
    }

    public PartitionErrorsResponse BatchDelete(Call call, BatchDeletePartitionRequest request)
    {
        var table = Open(call, "glue:BatchDeletePartition", request.CatalogId, request.DatabaseName, request.TableName);
        return Collect(request.PartitionsToDelete, partition => partition.Values, partition => Delete(call, table, partition.Values));
    }

    private Table Open(Call call, string action, string? catalogId, string databaseName, string tableName)
    {
        var database = CatalogState.Fold(databaseName, "databaseName");
        var name = CatalogState.Fold(tableName, "tableName");
        call.Authorize(action, CatalogState.TableArn(call, database, name));
        CatalogState.RequireOwnCatalog(call, catalogId);
        return state.FindTable(call, database, name);
    }

    private void Create(Call call, Table table, PartitionInput input)
    {
        var values = Values(table, input);
        lock (state.Writing)
        {
            var key = KeyOf(call, table, values);
            if (state.Partitions.TryGet(key, out _))
                throw GlueErrors.Exists("Partition");
            state.Partitions.Put(key, Make(table, values, input, time.GetUtcNow()));
        }
    }

    private void Update(Call call, Table table, IReadOnlyList<string> oldValues, PartitionInput input)
    {
        var values = Values(table, input);
        lock (state.Writing)
        {
            var before = Find(call, table, oldValues);
            var key = KeyOf(call, table, values);
            if (!values.SequenceEqual(oldValues) && state.Partitions.TryGet(key, out _))
                throw GlueErrors.Exists("Partition");
            state.Partitions.Put(key, Make(table, values, input, before.CreationTime));
            if (!values.SequenceEqual(oldValues))
                state.Partitions.Remove(KeyOf(call, table, oldValues));
        }
    }

    private void Delete(Call call, Table table, IReadOnlyList<string> values)
    {
        lock (state.Writing)
        {
            Find(call, table, values);
            state.Partitions.Remove(KeyOf(call, table, values));
        }
    }

    private Partition Find(Call call, Table table, IReadOnlyList<string> values) =>
        state.Partitions.TryGet(KeyOf(call, table, values), out var found) ? found : throw GlueErrors.NotFound("Cannot find partition.");

    private static PartitionErrorsResponse Collect<T>(IReadOnlyList<T> items, Func<T, IReadOnlyList<string>> values, Action<T> work)
    {
        var errors = new List<PartitionError>();
        foreach (var item in items)
        {
            try
            {
                work(item);
            }
            catch (ServiceException error)
            {
                errors.Add(new(values(item), GlueErrors.Detail(error)));
            }
        }

        return new(errors.Count > 0 ? errors : null);
    }

    private static IReadOnlyList<string> Values(Table table, PartitionInput input) =>
        input.Values is { } values && values.Count == (table.PartitionKeys?.Count ?? 0)
            ? values
            : throw GlueErrors.Invalid("The number of partition keys do not match the number of partition values");

    private static State.ResourceKey KeyOf(Call call, Table table, IReadOnlyList<string> values) =>
        CatalogState.PartitionKey(call, table.DatabaseName, table.Name, values);

    private static Partition WithoutColumns(Partition partition) =>
        partition with { StorageDescriptor = partition.StorageDescriptor is { } storage ? storage with { Columns = null } : null };

    private static Partition Make(Table table, IReadOnlyList<string> values, PartitionInput input, DateTimeOffset created) => new()
    {
        Values = values,
        DatabaseName = table.DatabaseName,
        TableName = table.Name,
        CreationTime = created,
        LastAccessTime = input.LastAccessTime,
        StorageDescriptor = input.StorageDescriptor,
        Parameters = input.Parameters,
        LastAnalyzedTime = input.LastAnalyzedTime,
        CatalogId = table.CatalogId,
    };
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>Files of one partition that were written on this machine and are not yet objects.</summary>
/// <param name="Folder">Under the run's folder: <c>event_date=2026-11-20/</c>, or nothing.</param>
internal sealed record WrittenPartition(IReadOnlyList<string> Values, string Folder, IReadOnlyList<string> Files);

/// <summary>
/// Makes a result the table's content: first its files under a folder of the run's own, which nobody reads, then the
/// partitions, which readers go by.
/// </summary>
internal sealed class Publication(GluePartitions partitions, GlueTables tables, IObjectStore store, TimeProvider time)
{
    private const int BatchSize = 100;
    private const int DeleteBatchSize = 25;

    /// <param name="replacesTable">Partitions that the result lacks are deleted.</param>
    public async Task PublishAsync(
        Call call, CatalogTable target, string runId, IReadOnlyList<WrittenPartition> written, bool replacesTable, TimeSpan retain)
    {
        var table = tables.Get(call, new(null, target.Database, target.Name, null, null, false)).Table;
        var root = TableReader.Location(target, target.Location).Folder;
        var run = root with { Prefix = $"{root.Prefix}run={runId}/" };
        var before = All(call, target);
        foreach (var partition in written)
            for (var i = 0; i < partition.Files.Count; i++)
                await store.PutFileAsync(call, run.Bucket, $"{run.Prefix}{partition.Folder}part-{i:D5}.snappy.parquet", partition.Files[i], "application/octet-stream");
        Register(call, table, before, [.. written.Select(one => Input(table, one, $"{run}{one.Folder}"))], replacesTable);
        var referenced = before.Concat(All(call, target)).Select(partition => partition.StorageDescriptor?.Location ?? "");
        foreach (var old in Retention.Removable(store.List(call, root.Bucket, root.Prefix + "run="), root, referenced, time.GetUtcNow() - retain))
            store.Delete(call, old.Bucket, old.Key);
    }

    private void Register(Call call, Table table, IReadOnlyList<Partition> before, IReadOnlyList<PartitionInput> written, bool replacesTable)
    {
        var known = before.Select(partition => Key(partition.Values)).ToHashSet(StringComparer.Ordinal);
        foreach (var batch in written.Where(input => !known.Contains(Key(input.Values!))).Chunk(BatchSize))
            Demand(table, partitions.BatchCreate(call, new(null, table.DatabaseName, table.Name, batch)).Errors?.Select(error => error.ErrorDetail));
        foreach (var batch in written.Where(input => known.Contains(Key(input.Values!))).Chunk(BatchSize))
            Demand(table, partitions.BatchUpdate(call, new(null, table.DatabaseName, table.Name, [.. batch.Select(input => new BatchUpdatePartitionRequestEntry(input.Values!, input))]))
                .Errors?.Select(error => error.ErrorDetail));
        if (!replacesTable)
            return;
        var now = written.Select(input => Key(input.Values!)).ToHashSet(StringComparer.Ordinal);
        foreach (var batch in before.Where(partition => !now.Contains(Key(partition.Values))).Chunk(DeleteBatchSize))
            Demand(table, partitions.BatchDelete(call, new(null, table.DatabaseName, table.Name, [.. batch.Select(partition => new PartitionValueList(partition.Values))]))
                .Errors?.Select(error => error.ErrorDetail));
    }

    private List<Partition> All(Call call, CatalogTable target)
    {
        var (all, token) = (new List<Partition>(), (string?)null);
        do
        {
            var page = partitions.List(call, new(null, target.Database, target.Name, null, token, null, null, true, null, null));
            all.AddRange(page.Partitions);
            token = page.NextToken;
        }
        while (token is not null);
        return all;
    }

    private static PartitionInput Input(Table table, WrittenPartition written, string location) => new()
    {
        Values = written.Values,
        StorageDescriptor = (table.StorageDescriptor ?? new()) with { Location = location },
    };

    private static string Key(IReadOnlyList<string> values) => string.Join('/', values.Select(Uri.EscapeDataString));

    private static void Demand(Table table, IEnumerable<ErrorDetail>? errors)
    {
        if (errors?.ToList() is { Count: > 0 } all)
            throw new UnitException($"partitions of {table.DatabaseName}.{table.Name} could not be registered: "
                + string.Join("; ", all.Select(error => $"{error.ErrorMessage} ({error.ErrorCode})").Distinct()));
    }
}

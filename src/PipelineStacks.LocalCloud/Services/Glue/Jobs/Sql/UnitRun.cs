using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.State;
using DuckSql = PipelineStacks.LocalCloud.DuckDb.Sql;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>What a unit did.</summary>
/// <param name="IsSkipped">The table of its increment isn't there yet.</param>
/// <param name="Seen">The objects of its increment's table, for the bookmark; null without an increment.</param>
internal sealed record UnitOutcome(long Rows, int Partitions, int RejectFiles, long BytesRead, IReadOnlyDictionary<string, string>? Seen, bool IsSkipped = false);

/// <summary>Runs one SQL file on a DuckDB of its own.</summary>
internal sealed class UnitRun(ICatalog catalog, IObjectStore store, ParquetSchemas schemas, Publication publication, DataDirectory data, TimeProvider time)
{
    private const string Settings = """
        SET TimeZone = 'UTC';
        SET default_null_order = 'nulls_first_on_asc_last_on_desc';
        """;

    /// <param name="seen">The objects that the bookmark knows; empty without one.</param>
    /// <exception cref="UnitException">The file or its data is wrong; nothing was published.</exception>
    public async Task<UnitOutcome> RunAsync(
        SqlFile file, RunArguments arguments, JobWork work, IReadOnlyDictionary<string, string> seen, CancellationToken stop)
    {
        var folder = data.Folder("tmp", "glue", Guid.NewGuid().ToString("N"));
        try
        {
            using var engine = new DuckDatabase(new(MemoryLimit: "2GB", Threads: Math.Max(2, Environment.ProcessorCount), TempDirectory: folder, PreserveInsertionOrder: false));
            using var duck = engine.Connect();
            using var interrupt = new DuckInterruption(duck, stop);
            duck.Execute(Settings);
            var tables = new UnitTables(catalog, store, schemas, work.Call, duck, time.GetUtcNow());
            try
            {
                return await RunAsync(file, arguments, work, seen, tables, duck, folder, stop);
            }
            catch (DuckException error) when (!error.Interrupted && !stop.IsCancellationRequested)
            {
                throw new UnitException(tables.Named(UnitErrors.Explain(error)));
            }
        }
        catch (DuckException error) when (error.Interrupted || stop.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was stopped.", error, stop);
        }
        catch (SqlException error)
        {
            throw new UnitException(error.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<UnitOutcome> RunAsync(
        SqlFile file, RunArguments arguments, JobWork work, IReadOnlyDictionary<string, string> seen, UnitTables tables, DuckConnection duck,
        string folder, CancellationToken stop)
    {
        if (file is { SkipsAbsent: true, Increment: { } awaited } && arguments.Databases.TryGetValue(awaited.Zone, out var database) && tables.Find(database, awaited.Name) is null)
            return new(0, 0, 0, 0, null, IsSkipped: true);
        var found = Find(file, arguments, tables);
        foreach (var table in file.Tables)
            tables.Table(found[table]);
        var target = found[file.Target];
        if (file.Reads("existing"))
            tables.Existing(target, none: arguments.Rebuild);
        var (all, increment) = Increment(file, found, tables, arguments.Rebuild, seen);
        if (all is not null)
            tables.Increment(found[file.Increment!.Value], increment);
        foreach (var view in file.Views)
            duck.Execute(SqlFile.Bind(view, arguments.Databases));
        var (rows, written) = Write(duck, SqlFile.Bind(file.Select, arguments.Databases), target, folder);
        var quarantine = file.Rejects is null ? null : new Quarantine(store, work.Call, S3Location.Parse(arguments.Quarantine!)!.Value, file.Rejects);
        var rejects = quarantine?.Write(duck, increment, folder) ?? [];
        stop.ThrowIfCancellationRequested();
        // From here on the run is not stopped: what is published is published whole.
        if (written.Count > 0 || !file.WritesPartitions)
            await publication.PublishAsync(work.Call, target, work.Run.Id, written, !file.WritesPartitions || (arguments.Rebuild && all is not null), arguments.Retain);
        if (quarantine is not null)
            await quarantine.PutAsync(rejects, increment);
        return new(rows, written.Count, rejects.Count, tables.Bytes, all?.ToDictionary(one => one.Key, one => one.ETag));
    }

    private static Dictionary<ZoneTable, CatalogTable> Find(SqlFile file, RunArguments arguments, UnitTables tables)
    {
        var (found, faults) = (new Dictionary<ZoneTable, CatalogTable>(), new List<string>());
        ZoneTable?[] named = [.. file.Tables, file.Target, file.Increment];
        foreach (var table in named.OfType<ZoneTable>().Distinct())
        {
            if (!arguments.Databases.TryGetValue(table.Zone, out var database))
                faults.Add($"{table} needs the argument --{table.Zone}");
            else if (tables.Find(database, table.Name) is not { } known)
                faults.Add($"the table {database}.{table.Name} does not exist");
            else
                found[table] = known;
        }

        if (found.TryGetValue(file.Target, out var target))
        {
            if (target.PartitionKeys.Count == 0)
                faults.Add($"{target.Database}.{target.Name} has no partition key, by which its content could be replaced: give it one, such as {ResultColumns.Snapshot}");
            if (target.SerializationLibrary?.Contains("Parquet", StringComparison.OrdinalIgnoreCase) != true)
                faults.Add($"{target.Database}.{target.Name} is no Parquet table, which is all that is written");
        }

        if (file.Rejects is not null && arguments.Quarantine is null)
            faults.Add("the header rejects needs the argument --quarantine");
        if (file.Increment is null && file.Reads("increment"))
            faults.Add("the view increment needs the header `-- increment: ${zone}.table`");
        return faults.Count > 0 ? throw new UnitException(string.Join("; ", faults)) : found;
    }

    private static (IReadOnlyList<StoredObject>? All, IReadOnlyList<StoredObject> New) Increment(
        SqlFile file, Dictionary<ZoneTable, CatalogTable> found, UnitTables tables, bool rebuild, IReadOnlyDictionary<string, string> seen)
    {
        if (file.Increment is not { } source)
            return (null, []);
        var all = tables.ObjectsOf(found[source]);
        return (all, rebuild ? all : [.. all.Where(one => seen.GetValueOrDefault(one.Key) != one.ETag)]);
    }

    private static (long Rows, IReadOnlyList<WrittenPartition> Written) Write(DuckConnection duck, string select, CatalogTable target, string folder)
    {
        IReadOnlyList<string> columns;
        duck.Execute($"CREATE TEMPORARY VIEW \"#result\" AS {select}");
        using (var result = duck.Query("SELECT * FROM \"#result\" LIMIT 0"))
            columns = [.. result.Columns.Select(column => column.Name)];
        var selected = string.Join(", ", ResultColumns.Select(target, columns));
        const string format = "FORMAT parquet, COMPRESSION snappy";
        var output = Path.Combine(folder, "result");
        if (ResultColumns.AddsSnapshot(target, columns))
        {
            var count = duck.Execute($"COPY (SELECT {selected} FROM \"#result\") TO {DuckSql.Literal(output)} ({format})");
            return (count, [new([ResultColumns.Current], $"{ResultColumns.Snapshot}={ResultColumns.Current}/", [output])]);
        }

        var keys = string.Join(", ", target.PartitionKeys.Select(key => DuckSql.Identifier(key.Name)));
        var rows = duck.Execute($"COPY (SELECT {selected} FROM \"#result\") TO {DuckSql.Literal(output)} ({format}, PARTITION_BY ({keys}))");
        return (rows, Directory.Exists(output) ? PartitionsIn(output) : []);
    }

    private static List<WrittenPartition> PartitionsIn(string output) =>
    [
        .. Directory.EnumerateFiles(output, "*.parquet", SearchOption.AllDirectories).GroupBy(file => Path.GetRelativePath(output, Path.GetDirectoryName(file)!))
            .Select(group => new WrittenPartition(
                [.. group.Key.Split(Path.DirectorySeparatorChar).Select(part => Uri.UnescapeDataString(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]))],
                group.Key.Replace(Path.DirectorySeparatorChar, '/') + "/", [.. group.Order(StringComparer.Ordinal)])),
    ];
}

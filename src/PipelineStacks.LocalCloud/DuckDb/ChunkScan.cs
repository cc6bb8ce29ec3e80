using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>Rows that this process makes for a statement of DuckDB's, without a table in between.</summary>
internal interface IChunkSource
{
    IReadOnlyList<DuckColumn> Columns { get; }

    /// <summary>How many readers may work at once, each on a thread of DuckDB's.</summary>
    int MaxThreads { get; }

    IChunkReader Open();
}

internal interface IChunkReader : IDisposable
{
    /// <summary>Fills an empty chunk.</summary>
    /// <returns>The rows filled in; 0 ends this reader.</returns>
    int Fill(DuckChunk chunk);
}

/// <summary>A source under a name that SQL can use, as long as it is not disposed: <c>FROM {scan.Sql}</c>.</summary>
internal sealed unsafe class ChunkScan : IDisposable
{
    private const string Function = "process_rows";

    // DuckDB's callbacks get no object of ours along, only the number that the SQL names.
    private static readonly ConcurrentDictionary<long, ChunkScan> Scans = new();
    private static long _last;

    private readonly long _id = Interlocked.Increment(ref _last);
    private readonly IChunkSource _source;

    public ChunkScan(IChunkSource source)
    {
        _source = source;
        Scans[_id] = this;
    }

    public string Sql => $"{Function}({_id})";

    /// <summary>What a reader threw; DuckDB's error carries only its message.</summary>
    public Exception? Failure { get; private set; }

    public void Dispose() => Scans.TryRemove(_id, out _);

    /// <summary>Makes the function known to a database, once.</summary>
    internal static void RegisterFunction(DuckConnection connection)
    {
        var function = Native.CreateTableFunction();
        try
        {
            Native.TableFunctionSetName(function, Function);
            using (var type = LogicalTypes.Make(DuckType.BigInt))
                Native.TableFunctionAddParameter(function, type);
            Native.TableFunctionSetBind(function, &Bind);
            Native.TableFunctionSetInit(function, &Init);
            Native.TableFunctionSetLocalInit(function, &InitReader);
            Native.TableFunctionSetFunction(function, &Fill);
            if (Native.RegisterTableFunction(connection.Handle, function) != Native.Success)
                throw new DuckException("DuckDB refused the function that reads this process's rows.");
        }
        finally
        {
            Native.DestroyTableFunction(ref function);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        try
        {
            var parameter = Native.BindGetParameter(info, 0);
            var id = Native.GetInt64(parameter);
            Native.DestroyValue(ref parameter);
            foreach (var column in Scans[id]._source.Columns)
            {
                using var type = LogicalTypes.Make(column.Type);
                Native.BindAddResultColumn(info, column.Name, type);
            }

            Native.BindSetData(info, (nint)id, null);
        }
        catch (Exception error)
        {
            Native.BindSetError(info, error.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Init(nint info)
    {
        if (Scans.TryGetValue(Native.InitGetBindData(info), out var scan))
            Native.InitSetMaxThreads(info, (ulong)scan._source.MaxThreads);
        else
            Native.InitSetError(info, "The rows are gone.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void InitReader(nint info)
    {
        try
        {
            var scan = Scans[Native.InitGetBindData(info)];
            Native.InitSetData(info, GCHandle.ToIntPtr(GCHandle.Alloc(new Reader(scan, scan._source.Open()))), &CloseReader);
        }
        catch (Exception error)
        {
            Native.InitSetError(info, error.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fill(nint info, nint chunk)
    {
        var reader = (Reader)GCHandle.FromIntPtr(Native.FunctionGetLocalData(info)).Target!;
        try
        {
            Native.DataChunkSetSize(chunk, (ulong)reader.Rows.Fill(new DuckChunk(chunk)));
        }
        catch (Exception error)
        {
            // An exception must not cross into DuckDB: it becomes the statement's error, and the scan keeps it whole.
            reader.Scan.Failure = error;
            Native.FunctionSetError(info, error.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CloseReader(nint data)
    {
        var handle = GCHandle.FromIntPtr(data);
        ((Reader)handle.Target!).Rows.Dispose();
        handle.Free();
    }

    private sealed record Reader(ChunkScan Scan, IChunkReader Rows);
}

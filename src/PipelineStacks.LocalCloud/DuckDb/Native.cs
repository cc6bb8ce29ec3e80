using System.Runtime.InteropServices;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>DuckDB's C API, as far as it is used: <see href="https://duckdb.org/docs/stable/clients/c/api"/>.</summary>
internal static unsafe partial class Native
{
    private const string Lib = DuckDbLibrary.Name;

    /// <summary>The state of a call that worked.</summary>
    public const int Success = 0;

    [LibraryImport(Lib, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, out DatabaseHandle database, nint config, out nint error);

    [LibraryImport(Lib, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);

    [LibraryImport(Lib, EntryPoint = "duckdb_create_config")]
    public static partial int CreateConfig(out nint config);

    [LibraryImport(Lib, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetConfig(nint config, string name, string option);

    [LibraryImport(Lib, EntryPoint = "duckdb_destroy_config")]
    public static partial void DestroyConfig(ref nint config);

    [LibraryImport(Lib, EntryPoint = "duckdb_library_version")]
    public static partial nint LibraryVersion();

    [LibraryImport(Lib, EntryPoint = "duckdb_free")]
    public static partial void Free(nint pointer);

    [LibraryImport(Lib, EntryPoint = "duckdb_connect")]
    public static partial int Connect(DatabaseHandle database, out ConnectionHandle connection);

    [LibraryImport(Lib, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);

    [LibraryImport(Lib, EntryPoint = "duckdb_interrupt")]
    public static partial void Interrupt(ConnectionHandle connection);

    [LibraryImport(Lib, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Query(ConnectionHandle connection, string sql, ResultData* result);

    [LibraryImport(Lib, EntryPoint = "duckdb_destroy_result")]
    public static partial void DestroyResult(ResultData* result);

    [LibraryImport(Lib, EntryPoint = "duckdb_result_error")]
    public static partial nint ResultError(ResultData* result);

    [LibraryImport(Lib, EntryPoint = "duckdb_rows_changed")]
    public static partial ulong RowsChanged(ResultData* result);

    [LibraryImport(Lib, EntryPoint = "duckdb_result_statement_type")]
    public static partial int ResultStatementType(ResultData result);

    [LibraryImport(Lib, EntryPoint = "duckdb_column_count")]
    public static partial ulong ColumnCount(ResultData* result);

    [LibraryImport(Lib, EntryPoint = "duckdb_column_name")]
    public static partial nint ColumnName(ResultData* result, ulong column);

    [LibraryImport(Lib, EntryPoint = "duckdb_column_logical_type")]
    public static partial LogicalTypeHandle ColumnLogicalType(ResultData* result, ulong column);

    [LibraryImport(Lib, EntryPoint = "duckdb_fetch_chunk")]
    public static partial nint FetchChunk(ResultData result);

    [LibraryImport(Lib, EntryPoint = "duckdb_create_data_chunk")]
    public static partial ChunkHandle CreateDataChunk(nint* types, ulong columns);

    [LibraryImport(Lib, EntryPoint = "duckdb_destroy_data_chunk")]
    public static partial void DestroyDataChunk(ref nint chunk);

    [LibraryImport(Lib, EntryPoint = "duckdb_data_chunk_reset")]
    public static partial void DataChunkReset(nint chunk);

    [LibraryImport(Lib, EntryPoint = "duckdb_data_chunk_get_column_count")]
    public static partial ulong DataChunkColumnCount(nint chunk);

    [LibraryImport(Lib, EntryPoint = "duckdb_data_chunk_get_size")]
    public static partial ulong DataChunkSize(nint chunk);

    [LibraryImport(Lib, EntryPoint = "duckdb_data_chunk_set_size")]
    public static partial void DataChunkSetSize(nint chunk, ulong size);

    [LibraryImport(Lib, EntryPoint = "duckdb_data_chunk_get_vector")]
    public static partial nint DataChunkVector(nint chunk, ulong column);

    /// <summary>The pointers and lengths that are the result; DuckDB takes some of its calls' results by value.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResultData
    {
        public ulong Columns;
        public ulong Rows;
        public ulong RowsChanged;
        public nint ColumnData;
        public nint Error;
        public nint Internal;
    }

    /// <summary>Text that belongs to DuckDB.</summary>
    public static string? Text(nint pointer) => Marshal.PtrToStringUTF8(pointer);

    /// <summary>Text that DuckDB made for us to free.</summary>
    public static string TakeText(nint pointer)
    {
        try
        {
            return Text(pointer) ?? "";
        }
        finally
        {
            Free(pointer);
        }
    }
}

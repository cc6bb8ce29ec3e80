using System.Runtime.InteropServices;

namespace PipelineStacks.LocalCloud.DuckDb;

internal static unsafe partial class Native
{
    [LibraryImport(Lib, EntryPoint = "duckdb_prepare", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Prepare(ConnectionHandle connection, string sql, out PreparedHandle statement);

    [LibraryImport(Lib, EntryPoint = "duckdb_prepare_error")]
    public static partial nint PrepareError(PreparedHandle statement);

    [LibraryImport(Lib, EntryPoint = "duckdb_destroy_prepare")]
    public static partial void DestroyPrepare(ref nint statement);

    [LibraryImport(Lib, EntryPoint = "duckdb_nparams")]
    public static partial ulong ParameterCount(PreparedHandle statement);

    [LibraryImport(Lib, EntryPoint = "duckdb_execute_prepared_streaming")]
    public static partial int ExecuteStreaming(PreparedHandle statement, ResultData* result);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_null")]
    public static partial int BindNull(PreparedHandle statement, ulong index);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_boolean")]
    public static partial int BindBoolean(PreparedHandle statement, ulong index, byte value);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_int32")]
    public static partial int BindInt32(PreparedHandle statement, ulong index, int value);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_int64")]
    public static partial int BindInt64(PreparedHandle statement, ulong index, long value);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_double")]
    public static partial int BindDouble(PreparedHandle statement, ulong index, double value);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_date")]
    public static partial int BindDate(PreparedHandle statement, ulong index, int days);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_timestamp")]
    public static partial int BindTimestamp(PreparedHandle statement, ulong index, long microseconds);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_varchar_length")]
    public static partial int BindText(PreparedHandle statement, ulong index, byte* text, ulong length);

    [LibraryImport(Lib, EntryPoint = "duckdb_bind_blob")]
    public static partial int BindBlob(PreparedHandle statement, ulong index, byte* data, ulong length);

    [LibraryImport(Lib, EntryPoint = "duckdb_appender_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AppenderCreate(ConnectionHandle connection, string? schema, string table, out AppenderHandle appender);

    [LibraryImport(Lib, EntryPoint = "duckdb_appender_error")]
    public static partial nint AppenderError(AppenderHandle appender);

    [LibraryImport(Lib, EntryPoint = "duckdb_appender_column_count")]
    public static partial ulong AppenderColumnCount(AppenderHandle appender);

    [LibraryImport(Lib, EntryPoint = "duckdb_appender_column_type")]
    public static partial LogicalTypeHandle AppenderColumnType(AppenderHandle appender, ulong column);

    [LibraryImport(Lib, EntryPoint = "duckdb_append_data_chunk")]
    public static partial int AppendChunk(AppenderHandle appender, ChunkHandle chunk);

    [LibraryImport(Lib, EntryPoint = "duckdb_appender_close")]
    public static partial int AppenderClose(AppenderHandle appender);

    [LibraryImport(Lib, EntryPoint = "duckdb_appender_destroy")]
    public static partial int AppenderDestroy(ref nint appender);
}

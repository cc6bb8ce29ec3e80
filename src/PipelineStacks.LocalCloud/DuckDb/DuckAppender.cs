namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>Appends rows to a table, a chunk at a time.</summary>
internal sealed unsafe class DuckAppender : IDisposable
{
    private readonly AppenderHandle _appender;
    private readonly ChunkHandle _chunk;

    /// <exception cref="DuckException">There is no such table.</exception>
    public DuckAppender(DuckConnection connection, string table, string? schema = null)
    {
        if (Native.AppenderCreate(connection.Handle, schema, table, out _appender) != Native.Success)
        {
            using (_appender)
                throw Failure();
        }

        _chunk = NewChunk();
    }

    /// <summary>The chunk to fill next; <see cref="Append"/> takes it in and empties it.</summary>
    public DuckChunk Chunk => new(_chunk.Pointer);

    public void Append(int rows)
    {
        Native.DataChunkSetSize(_chunk.Pointer, (ulong)rows);
        if (Native.AppendChunk(_appender, _chunk) != Native.Success)
            throw Failure();
        Native.DataChunkReset(_chunk.Pointer);
    }

    /// <summary>Makes what was appended visible; without it the rest may be lost.</summary>
    public void Complete()
    {
        if (Native.AppenderClose(_appender) != Native.Success)
            throw Failure();
    }

    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
    }

    private ChunkHandle NewChunk()
    {
        var types = new LogicalTypeHandle[Native.AppenderColumnCount(_appender)];
        for (var i = 0; i < types.Length; i++)
            types[i] = Native.AppenderColumnType(_appender, (ulong)i);
        try
        {
            fixed (nint* pointers = types.Select(type => type.Pointer).ToArray())
                return Native.CreateDataChunk(pointers, (ulong)types.Length);
        }
        finally
        {
            foreach (var type in types)
                type.Dispose();
        }
    }

    private DuckException Failure() => new(Native.Text(Native.AppenderError(_appender)) ?? "DuckDB's appender failed without a message.");
}

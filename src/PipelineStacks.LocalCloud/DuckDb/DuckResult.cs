namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>A column of a result.</summary>
internal sealed record DuckColumn(string Name, DuckType Type);

/// <summary>The rows of a statement, read forwards as DuckDB produces them; values are read in place.</summary>
internal sealed unsafe class DuckResult : IDisposable
{
    private readonly PreparedHandle _statement;
    private Native.ResultData _data;
    private ChunkHandle? _chunk;
    private VectorReader[] _vectors = [];
    private int _row;
    private int _rows;
    private bool _ended;

    private DuckResult(PreparedHandle statement, Native.ResultData data)
    {
        _statement = statement;
        _data = data;
        var columns = new DuckColumn[Native.ColumnCount(&data)];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new(Native.Text(Native.ColumnName(&data, (ulong)i))!, LogicalTypes.Take(Native.ColumnLogicalType(&data, (ulong)i)));
        Columns = columns;
    }

    public IReadOnlyList<DuckColumn> Columns { get; }

    internal static DuckResult Execute(PreparedHandle statement)
    {
        Native.ResultData data = default;
        if (Native.ExecuteStreaming(statement, &data) == Native.Success)
            return new DuckResult(statement, data);
        try
        {
            throw new DuckException(Native.Text(Native.ResultError(&data)) ?? "DuckDB failed without a message.");
        }
        finally
        {
            Native.DestroyResult(&data);
        }
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>False after the last one.</returns>
    /// <exception cref="DuckException">The statement failed on the way or was interrupted.</exception>
    public bool Read()
    {
        if (++_row < _rows)
            return true;
        while (NextChunk())
        {
            _row = 0;
            if (_rows > 0)
                return true;
        }

        _rows = 0;
        return false;
    }

    public bool IsNull(int column) => _vectors[column].IsNull(_row);

    /// <summary>A value that is not null, read as the column's own type: <c>Get&lt;int&gt;</c> of an INTEGER, <c>Get&lt;long&gt;</c> of a TIMESTAMP (µs).</summary>
    public T Get<T>(int column) where T : unmanaged => _vectors[column].Get<T>(_row);

    /// <summary>The UTF-8 of a VARCHAR or the bytes of a BLOB, valid until the next row is read.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => _vectors[column].GetBytes(_row);

    /// <summary>The value as .NET has it; see <see cref="VectorReader.GetValue"/>.</summary>
    public object? GetValue(int column) => _vectors[column].GetValue(_row);

    /// <summary>The value as DuckDB prints it; null for NULL.</summary>
    public string? GetText(int column) => DuckText.Render(GetValue(column));

    public void Dispose()
    {
        _chunk?.Dispose();
        if (!_statement.IsClosed)
        {
            fixed (Native.ResultData* data = &_data)
                Native.DestroyResult(data);
            _statement.Dispose();
        }
    }

    private bool NextChunk()
    {
        _chunk?.Dispose();
        _chunk = null;
        // DuckDB calls it an error to ask again after the end.
        if (_ended)
            return false;
        var chunk = Native.FetchChunk(_data);
        if (chunk == 0)
        {
            _ended = true;
            fixed (Native.ResultData* data = &_data)
            {
                if (Native.Text(Native.ResultError(data)) is { Length: > 0 } error)
                    throw new DuckException(error);
            }

            return false;
        }

        _chunk = new(chunk);
        _rows = (int)Native.DataChunkSize(chunk);
        if (_vectors.Length != Columns.Count)
            _vectors = new VectorReader[Columns.Count];
        for (var i = 0; i < _vectors.Length; i++)
            _vectors[i] = new(Native.DataChunkVector(chunk, (ulong)i), Columns[i].Type);
        return true;
    }
}

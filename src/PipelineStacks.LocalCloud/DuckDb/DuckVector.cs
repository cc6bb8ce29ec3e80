using System.Runtime.CompilerServices;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>A chunk of up to <see cref="Capacity"/> rows that is being filled, column by column or row by row.</summary>
internal readonly struct DuckChunk(nint chunk)
{
    /// <summary>DuckDB's vector size: how many rows a chunk holds.</summary>
    public const int Capacity = 2048;

    public int Columns => (int)Native.DataChunkColumnCount(chunk);

    public DuckVector this[int column] => new(Native.DataChunkVector(chunk, (ulong)column));

    public void SetRows(int rows) => Native.DataChunkSetSize(chunk, (ulong)rows);
}

/// <summary>A column, or a part of a nested one, that is being filled. Values are written in place.</summary>
internal readonly unsafe struct DuckVector(nint vector)
{
    private readonly nint _vector = vector;
    private readonly byte* _data = (byte*)Native.VectorData(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set<T>(int row, T value) where T : unmanaged => ((T*)_data)[row] = value;

    public void SetNull(int row)
    {
        // Cheap when the mask is there already; a list's growth may have moved it, so it isn't kept.
        Native.VectorEnsureValidity(_vector);
        Native.VectorValidity(_vector)[row >> 6] &= ~(1ul << (row & 63));
    }

    /// <summary>Takes a null back, for a row that is written again.</summary>
    public void SetValid(int row)
    {
        var validity = Native.VectorValidity(_vector);
        if (validity is not null)
            validity[row >> 6] |= 1ul << (row & 63);
    }

    /// <summary>Text that is known to be UTF-8. Up to 12 bytes stay in the vector itself.</summary>
    public void SetUtf8(int row, ReadOnlySpan<byte> text)
    {
        if (text.Length <= 12)
        {
            var entry = _data + (row * 16L);
            *(int*)entry = text.Length;
            new Span<byte>(entry + 4, 12).Clear();
            text.CopyTo(new Span<byte>(entry + 4, 12));
            return;
        }

        fixed (byte* pointer = text)
            Native.VectorAssignUtf8(_vector, (ulong)row, pointer, (ulong)text.Length);
    }

    /// <summary>The bytes of a BLOB, or text that DuckDB is to check.</summary>
    public void SetBytes(int row, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
            Native.VectorAssignBytes(_vector, (ulong)row, pointer, (ulong)bytes.Length);
    }

    /// <summary>Sets which of a list's or map's child rows belong to the row.</summary>
    public void SetList(int row, long offset, long length) => Set(row, (offset, length));

    /// <summary>How many child rows the lists of this vector have together.</summary>
    public int ListSize => (int)Native.ListVectorSize(_vector);

    /// <summary>Makes room for child rows and counts them in; vectors got from <see cref="ListChild"/> before are invalid after.</summary>
    public void GrowList(int size)
    {
        if (Native.ListVectorReserve(_vector, (ulong)size) != Native.Success || Native.ListVectorSetSize(_vector, (ulong)size) != Native.Success)
            throw new DuckException("DuckDB could not make room for a list.");
    }

    /// <summary>A list's elements; a map's entries, which are structs of key and value.</summary>
    public DuckVector ListChild => new(Native.ListVectorChild(_vector));

    public DuckVector Field(int index) => new(Native.StructVectorChild(_vector, (ulong)index));
}

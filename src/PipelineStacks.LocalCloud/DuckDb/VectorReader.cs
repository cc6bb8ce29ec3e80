using System.Buffers.Binary;
using System.Text;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>Reads values out of one of DuckDB's vectors, which belongs to an open chunk.</summary>
internal readonly unsafe struct VectorReader(nint vector, DuckType type)
{
    private readonly nint _vector = vector;
    private readonly byte* _data = (byte*)Native.VectorData(vector);
    private readonly ulong* _validity = Native.VectorValidity(vector);

    public bool IsNull(int row) => _validity is not null && (_validity[row >> 6] & (1ul << (row & 63))) == 0;

    public T Get<T>(int row) where T : unmanaged => ((T*)_data)[row];

    public ReadOnlySpan<byte> GetBytes(int row)
    {
        // duckdb_string_t: the length, then up to 12 bytes in place, or a prefix of 4 and the address.
        var entry = _data + (row * 16L);
        var length = *(int*)entry;
        return new(length <= 12 ? entry + 4 : *(byte**)(entry + 8), length);
    }

    /// <summary>
    /// The value as .NET has it: integers by their size up to Int128, <see cref="DuckDecimal"/>, DateOnly, TimeOnly, DateTime
    /// (unspecified) for timestamps and DateTimeOffset for those with a zone, string, byte[], Guid, object?[] for lists,
    /// <see cref="DuckStruct"/>, <see cref="DuckMap"/>.
    /// </summary>
    /// <exception cref="DuckException">The type has no such value; cast it to VARCHAR in SQL.</exception>
    public object? GetValue(int row)
    {
        if (IsNull(row))
            return null;
        return type.Id switch
        {
            DuckTypeId.Boolean => Get<byte>(row) != 0,
            DuckTypeId.TinyInt => Get<sbyte>(row),
            DuckTypeId.SmallInt => Get<short>(row),
            DuckTypeId.Integer => Get<int>(row),
            DuckTypeId.BigInt => Get<long>(row),
            DuckTypeId.UTinyInt => Get<byte>(row),
            DuckTypeId.USmallInt => Get<ushort>(row),
            DuckTypeId.UInteger => Get<uint>(row),
            DuckTypeId.UBigInt => Get<ulong>(row),
            DuckTypeId.HugeInt => Get<Int128>(row),
            DuckTypeId.UHugeInt => Get<UInt128>(row),
            DuckTypeId.Float => Get<float>(row),
            DuckTypeId.Double => Get<double>(row),
            DuckTypeId.Decimal => Decimal(row),
            DuckTypeId.Varchar => Encoding.UTF8.GetString(GetBytes(row)),
            DuckTypeId.Blob => GetBytes(row).ToArray(),
            DuckTypeId.Date => Date(Get<int>(row)),
            DuckTypeId.Time => new TimeOnly(Get<long>(row) * TimeSpan.TicksPerMicrosecond),
            DuckTypeId.Timestamp => Time(Get<long>(row), TimeSpan.TicksPerMicrosecond),
            DuckTypeId.TimestampMs => Time(Get<long>(row), TimeSpan.TicksPerMillisecond),
            DuckTypeId.TimestampS => Time(Get<long>(row), TimeSpan.TicksPerSecond),
            DuckTypeId.TimestampNs => Time(Get<long>(row) / TimeSpan.NanosecondsPerTick, 1),
            DuckTypeId.TimestampTz => new DateTimeOffset(Time(Get<long>(row), TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
            DuckTypeId.Interval => Get<DuckInterval>(row),
            DuckTypeId.Uuid => Uuid(row),
            DuckTypeId.Enum => type.Labels[EnumIndex(row)],
            DuckTypeId.List => List(row),
            DuckTypeId.Array => Elements(Native.ArrayVectorChild(_vector), type.Fields[0].Type, (long)row * type.Width, type.Width),
            DuckTypeId.Struct => Struct(row),
            DuckTypeId.Map => Map(row),
            _ => throw new DuckException($"A value of type {type} can't be read; cast it to VARCHAR."),
        };
    }

    private static DateOnly Date(int days) =>
        days + Epoch.Day is >= 0 and var day && day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(day) : throw new DuckException("A date outside the years 1 to 9999 can't be read; cast it to VARCHAR.");

    private static DateTime Time(long value, long ticks)
    {
        var total = ((Int128)value * ticks) + Epoch.Ticks;
        return total >= 0 && total <= DateTime.MaxValue.Ticks
            ? new DateTime((long)total) : throw new DuckException("A timestamp outside the years 1 to 9999 can't be read; cast it to VARCHAR.");
    }

    private DuckDecimal Decimal(int row) => new(
        type.Width switch { <= 4 => Get<short>(row), <= 9 => Get<int>(row), <= 18 => Get<long>(row), _ => Get<Int128>(row) }, type.Scale);

    private Guid Uuid(int row)
    {
        // Stored with the highest bit flipped, so that it sorts as a signed number.
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Get<UInt128>(row) ^ (UInt128.One << 127));
        return new Guid(bytes, bigEndian: true);
    }

    private int EnumIndex(int row) =>
        type.Labels.Count switch { <= 256 => Get<byte>(row), <= 65536 => Get<ushort>(row), _ => (int)Get<uint>(row) };

    private object?[] List(int row)
    {
        var entry = Get<(long Offset, long Length)>(row);
        return Elements(Native.ListVectorChild(_vector), type.Fields[0].Type, entry.Offset, entry.Length);
    }

    private static object?[] Elements(nint child, DuckType element, long offset, long length)
    {
        var reader = new VectorReader(child, element);
        var values = new object?[length];
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.GetValue((int)(offset + i));
        return values;
    }

    private DuckStruct Struct(int row)
    {
        var values = new KeyValuePair<string, object?>[type.Fields.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = new(type.Fields[i].Name, Field(_vector, i).GetValue(row));
        return new(values);
    }

    private DuckMap Map(int row)
    {
        // A map is a list of structs of key and value.
        var entry = Get<(long Offset, long Length)>(row);
        var entries = Native.ListVectorChild(_vector);
        var (keys, values) = (Field(entries, 0), Field(entries, 1));
        var pairs = new KeyValuePair<object, object?>[entry.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = new(keys.GetValue((int)entry.Offset + i)!, values.GetValue((int)entry.Offset + i));
        return new(pairs);
    }

    private VectorReader Field(nint structVector, int index) => new(Native.StructVectorChild(structVector, (ulong)index), type.Fields[index].Type);
}

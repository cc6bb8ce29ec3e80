namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>DuckDB's logical types by their numbers in the C API.</summary>
internal enum DuckTypeId
{
    Invalid = 0, Boolean = 1, TinyInt = 2, SmallInt = 3, Integer = 4, BigInt = 5, UTinyInt = 6, USmallInt = 7, UInteger = 8, UBigInt = 9,
    Float = 10, Double = 11, Timestamp = 12, Date = 13, Time = 14, Interval = 15, HugeInt = 16, Varchar = 17, Blob = 18, Decimal = 19,
    TimestampS = 20, TimestampMs = 21, TimestampNs = 22, Enum = 23, List = 24, Struct = 25, Map = 26, Uuid = 27, Union = 28, Bit = 29,
    TimeTz = 30, TimestampTz = 31, UHugeInt = 32, Array = 33, BigNum = 35, SqlNull = 36, TimeNs = 39, Geometry = 40, Variant = 41,
}

/// <summary>A logical type, whole: a list's element, a map's key and value and a struct's fields are its fields.</summary>
/// <param name="Width">A decimal's digits, a fixed array's length.</param>
internal sealed record DuckType(DuckTypeId Id, int Width = 0, int Scale = 0)
{
    public static readonly DuckType Boolean = new(DuckTypeId.Boolean);
    public static readonly DuckType TinyInt = new(DuckTypeId.TinyInt);
    public static readonly DuckType SmallInt = new(DuckTypeId.SmallInt);
    public static readonly DuckType Integer = new(DuckTypeId.Integer);
    public static readonly DuckType BigInt = new(DuckTypeId.BigInt);
    public static readonly DuckType Float = new(DuckTypeId.Float);
    public static readonly DuckType Double = new(DuckTypeId.Double);
    public static readonly DuckType Varchar = new(DuckTypeId.Varchar);
    public static readonly DuckType Blob = new(DuckTypeId.Blob);
    public static readonly DuckType Date = new(DuckTypeId.Date);
    public static readonly DuckType Timestamp = new(DuckTypeId.Timestamp);

    public IReadOnlyList<DuckField> Fields { get; init; } = [];

    /// <summary>An enum's values, in their order.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    public static DuckType Decimal(int width, int scale) => new(DuckTypeId.Decimal, width, scale);

    public static DuckType List(DuckType element) => new(DuckTypeId.List) { Fields = [new("", element)] };

    public static DuckType Map(DuckType key, DuckType value) => new(DuckTypeId.Map) { Fields = [new("key", key), new("value", value)] };

    public static DuckType Struct(params IReadOnlyList<DuckField> fields) => new(DuckTypeId.Struct) { Fields = fields };

    /// <summary>The type as SQL names it.</summary>
    public override string ToString() => Id switch
    {
        DuckTypeId.Decimal => $"DECIMAL({Width},{Scale})",
        DuckTypeId.List => $"{Fields[0].Type}[]",
        DuckTypeId.Array => $"{Fields[0].Type}[{Width}]",
        DuckTypeId.Map => $"MAP({Fields[0].Type}, {Fields[1].Type})",
        DuckTypeId.Struct => $"STRUCT({string.Join(", ", Fields.Select(field => $"{Sql.Identifier(field.Name)} {field.Type}"))})",
        DuckTypeId.Enum => $"ENUM({string.Join(", ", Labels.Select(Sql.Literal))})",
        DuckTypeId.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        DuckTypeId.TimeTz => "TIME WITH TIME ZONE",
        DuckTypeId.TimestampS => "TIMESTAMP_S",
        DuckTypeId.TimestampMs => "TIMESTAMP_MS",
        DuckTypeId.TimestampNs => "TIMESTAMP_NS",
        DuckTypeId.SqlNull => "\"NULL\"",
        _ => Id.ToString().ToUpperInvariant(),
    };
}

/// <param name="Name">Empty for a list's element.</param>
internal sealed record DuckField(string Name, DuckType Type);

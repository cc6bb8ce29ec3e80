namespace PipelineStacks.Model.Datasets;

/// <summary>
/// The type of a column. It is written as Hive and Glue write it (<c>decimal(10,2)</c>, <c>array&lt;string&gt;</c>), which is also what
/// <see cref="Parse"/> reads; <see cref="Sql"/> is the same type in the words of SQL and of Parquet's readers.
/// </summary>
public abstract record ColumnType
{
    private protected ColumnType()
    {
    }

    /// <summary>As Glue's table has it.</summary>
    public abstract string Hive { get; }

    /// <summary>As a reader of the Parquet file reports it.</summary>
    public abstract string Sql { get; }

    /// <summary>Reads a type as Hive writes it.</summary>
    /// <exception cref="FormatException">The text isn't a type; the message says what is wrong.</exception>
    public static ColumnType Parse(string text) => new ColumnTypeParser(text).Parse();

    /// <inheritdoc/>
    public sealed override string ToString() => Hive;
}

/// <summary>A type without parts.</summary>
public sealed record PrimitiveType : ColumnType
{
    private static readonly Dictionary<string, string> SqlNames = new(StringComparer.Ordinal)
    {
        ["boolean"] = "BOOLEAN",
        ["tinyint"] = "TINYINT",
        ["smallint"] = "SMALLINT",
        ["int"] = "INTEGER",
        ["bigint"] = "BIGINT",
        ["float"] = "FLOAT",
        ["double"] = "DOUBLE",
        ["string"] = "VARCHAR",
        ["binary"] = "BLOB",
        ["date"] = "DATE",
        ["timestamp"] = "TIMESTAMP",
    };

    internal PrimitiveType(string name) => Name = name;

    /// <summary>Hive's name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string Hive => Name;

    /// <inheritdoc/>
    public override string Sql => SqlNames[Name];

    internal static IReadOnlyCollection<string> All => SqlNames.Keys;
}

/// <summary>An exact number.</summary>
/// <param name="Precision">All digits, 1 to 38.</param>
/// <param name="Scale">Those after the point.</param>
public sealed record DecimalType(int Precision, int Scale) : ColumnType
{
    /// <inheritdoc/>
    public override string Hive => $"decimal({Precision},{Scale})";

    /// <inheritdoc/>
    public override string Sql => $"DECIMAL({Precision},{Scale})";
}

/// <summary>A list.</summary>
public sealed record ArrayType(ColumnType Element) : ColumnType
{
    /// <inheritdoc/>
    public override string Hive => $"array<{Element.Hive}>";

    /// <inheritdoc/>
    public override string Sql => $"{Element.Sql}[]";
}

/// <summary>Keys with values.</summary>
public sealed record MapType(ColumnType Key, ColumnType Value) : ColumnType
{
    /// <inheritdoc/>
    public override string Hive => $"map<{Key.Hive},{Value.Hive}>";

    /// <inheritdoc/>
    public override string Sql => $"MAP({Key.Sql}, {Value.Sql})";
}

/// <summary>Named fields.</summary>
public sealed record StructType(IReadOnlyList<StructField> Fields) : ColumnType
{
    /// <inheritdoc/>
    public override string Hive => $"struct<{string.Join(',', Fields.Select(part => $"{part.Name}:{part.Type.Hive}"))}>";

    /// <inheritdoc/>
    public override string Sql => $"STRUCT({string.Join(", ", Fields.Select(part => $"\"{part.Name}\" {part.Type.Sql}"))})";
}

/// <summary>A field of a <see cref="StructType"/>.</summary>
public sealed record StructField(string Name, ColumnType Type);

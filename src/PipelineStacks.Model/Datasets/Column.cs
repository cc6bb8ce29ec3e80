namespace PipelineStacks.Model.Datasets;

/// <summary>A column of a dataset.</summary>
/// <param name="Name">Lower case, as Glue stores it.</param>
/// <param name="TypeText">As Hive writes types: see <see cref="ColumnType"/>.</param>
/// <param name="Description">What stands in it, for people.</param>
public sealed record Column(string Name, string TypeText, string Description)
{
    /// <summary>A column that DMS replicates from MySQL; its type here follows from its type there.</summary>
    /// <param name="name">The column's name, there as here.</param>
    /// <param name="sourceType">As the column is declared in MySQL.</param>
    /// <param name="description">What stands in it, for people.</param>
    /// <exception cref="FormatException">It isn't known what DMS makes of the type.</exception>
    public static Column FromMySql(string name, string sourceType, string description) =>
        new(name, MySqlType.Hive(sourceType), description) { SourceType = sourceType };

    /// <summary>The type in the database that it comes from, where it comes from one.</summary>
    public string? SourceType { get; private init; }

    /// <summary>The key in the JSON records, where it isn't the column's name.</summary>
    public string? JsonKey { get; init; }

    /// <summary>The key under which the JSON records have the column.</summary>
    public string Key => JsonKey ?? Name;

    /// <summary>The type.</summary>
    /// <exception cref="FormatException">The text isn't a type.</exception>
    public ColumnType Type => ColumnType.Parse(TypeText);
}

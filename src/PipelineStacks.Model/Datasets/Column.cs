namespace PipelineStacks.Model.Datasets;

/// <summary>A column of a dataset.</summary>
/// <param name="Name">Lower case, as Glue stores it.</param>
/// <param name="TypeText">As Hive writes types: see <see cref="ColumnType"/>.</param>
/// <param name="Description">What stands in it, for people.</param>
public sealed record Column(string Name, string TypeText, string Description)
{
    /// <summary>The key in the JSON records, where it isn't the column's name.</summary>
    public string? JsonKey { get; init; }

    /// <summary>The key under which the JSON records have the column.</summary>
    public string Key => JsonKey ?? Name;

    /// <summary>The type.</summary>
    /// <exception cref="FormatException">The text isn't a type.</exception>
    public ColumnType Type => ColumnType.Parse(TypeText);
}

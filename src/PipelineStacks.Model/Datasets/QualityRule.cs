namespace PipelineStacks.Model.Datasets;

/// <summary>Something that must hold for the rows of a dataset.</summary>
public abstract record QualityRule
{
    /// <summary>The columns that it speaks of.</summary>
    public abstract IReadOnlyList<string> Columns { get; }
}

/// <summary>The column always has a value.</summary>
public sealed record NotNull(string Column) : QualityRule
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => [Column];
}

/// <summary>No two rows agree in all of these columns.</summary>
public sealed record Unique(params string[] Of) : QualityRule
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => Of;
}

/// <summary>The column's number lies within bounds that both count.</summary>
public sealed record InRange(string Column, decimal Minimum, decimal Maximum) : QualityRule
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => [Column];
}

/// <summary>The column's text is one of these.</summary>
public sealed record OneOf(string Column, params string[] Values) : QualityRule
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => [Column];
}

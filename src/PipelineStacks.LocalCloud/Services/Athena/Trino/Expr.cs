namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>A translated expression, with what its neighbours need to know of it.</summary>
internal sealed record Expr(string Sql)
{
    /// <summary>The name that it gives to a column without an alias.</summary>
    public string? Name { get; init; }

    public ColumnUse? Column { get; init; }

    /// <summary>The values of a row or of a list in parentheses.</summary>
    public IReadOnlyList<string>? Row { get; init; }

    /// <summary>The text of a text literal.</summary>
    public string? Text { get; init; }

    /// <summary>Trino's name for a literal's type.</summary>
    public string? Type { get; init; }

    /// <summary>A literal that stands for itself: a number, a text, a date.</summary>
    public bool IsLiteral { get; init; }

    public bool IsInterval { get; init; }

    public static implicit operator Expr(string sql) => new(sql);
}

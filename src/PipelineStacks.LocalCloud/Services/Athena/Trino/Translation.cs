namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>A query of Athena's in DuckDB's words, with what it needs to be run and to explain its errors.</summary>
internal sealed class Translation
{
    public string Sql { get; set; } = "";

    public List<TableReference> Tables { get; } = [];

    /// <summary>The columns in the order in which they are written, to find the place of one that does not exist.</summary>
    public List<ColumnUse> Columns { get; } = [];

    /// <summary>The functions in the order in which they are written.</summary>
    public List<FunctionUse> Functions { get; } = [];

    public List<AliasProbe> Probes { get; } = [];

    /// <summary>Whether the query names <c>"$path"</c>, the column that <c>*</c> does not show.</summary>
    public bool UsesPath { get; set; }
}

/// <summary>One mention of a table. Each has a view of its own, so that each reads only the partitions that its block asks for.</summary>
internal sealed class TableReference(string database, string name, SqlPosition at, int number)
{
    public string Database { get; } = database;

    public string Name { get; } = name;

    public SqlPosition At { get; } = at;

    /// <summary>The view that stands for it.</summary>
    public string View { get; } = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}#{number}");

    /// <summary>As the block's columns are qualified.</summary>
    public string Alias { get; set; } = name;

    /// <summary>False on the side of an outer join that may be null, where a filter after the join says nothing about the table.</summary>
    public bool Prunable { get; set; } = true;

    /// <summary>The conditions that all rows of the block meet.</summary>
    public IReadOnlyList<Conjunct> Conjuncts { get; set; } = [];
}

internal sealed record ColumnUse(IReadOnlyList<string> Path, SqlPosition At);

internal sealed record FunctionUse(string Name, SqlPosition At);

/// <summary>One of the conditions of a WHERE that AND joins, as DuckDB's SQL.</summary>
/// <param name="Columns">Every column it names; null where it holds a subquery and can't be looked at alone.</param>
internal sealed record Conjunct(string Sql, IReadOnlyList<ColumnUse>? Columns, Equality? Equality);

/// <summary>A condition <c>column = literal</c> or <c>column IN (literals)</c>.</summary>
internal sealed record Equality(IReadOnlyList<string> Column, IReadOnlyList<string> Values);

/// <summary>
/// A name that is an alias of its block's SELECT and is used where Trino sees no aliases but DuckDB does. It is right only when
/// the block's FROM has a column of that name, which this statement finds out.
/// </summary>
internal sealed record AliasProbe(string Sql, ColumnUse Column);

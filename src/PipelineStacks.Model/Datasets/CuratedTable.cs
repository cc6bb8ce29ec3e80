namespace PipelineStacks.Model.Datasets;

/// <summary>
/// A table for people: joined and aggregated from others by one SQL file, <c>src/jobs/sql/curated/&lt;name&gt;.sql</c>. Adding one is a definition in
/// <see cref="CuratedCatalog"/> and that file.
/// </summary>
public sealed record CuratedTable
{
    /// <summary>The table's name, that of its SQL file, and the prefix of its objects.</summary>
    public required string Name { get; init; }

    /// <summary>What one row is, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The columns in their order, without the partition's.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>The column that it is partitioned by; without one it is exchanged as a whole.</summary>
    public Column? Partition { get; init; }

    /// <summary>The tables that the SQL file reads.</summary>
    public required IReadOnlyList<TableReference> Reads { get; init; }

    /// <summary>How old its newest row may be before somebody should know.</summary>
    public required TimeSpan Freshness { get; init; }

    /// <summary>The name of its SQL file.</summary>
    public string SqlFile => $"{Name}.sql";
}

/// <summary>A table of the clean or the curated zone.</summary>
public sealed record TableReference(ZoneName Zone, string Name)
{
    /// <summary>As SQL files name it, before the databases' names are filled in.</summary>
    public string Sql => $"${{{Zone.ToString().ToLowerInvariant()}}}.{Name}";

    /// <summary>A dataset's clean table.</summary>
    public static TableReference Clean(string dataset) => new(ZoneName.Clean, dataset);

    /// <summary>A curated table.</summary>
    public static TableReference Curated(string table) => new(ZoneName.Curated, table);
}

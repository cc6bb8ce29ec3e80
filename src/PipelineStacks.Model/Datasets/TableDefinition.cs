namespace PipelineStacks.Model.Datasets;

/// <summary>A table of the catalog, complete but for the bucket that its zone lives in.</summary>
public sealed record TableDefinition
{
    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>The zone whose database and bucket hold it.</summary>
    public required ZoneName Zone { get; init; }

    /// <summary>What it holds, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The columns in the files.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The columns in the objects' keys. Without any the table is everything under its prefix.</summary>
    public required IReadOnlyList<TablePartition> Partitions { get; init; }

    /// <summary>How the files are read.</summary>
    public required TableFormat Format { get; init; }

    /// <summary>Where in the bucket the table begins, with a slash at the end.</summary>
    public required string Prefix { get; init; }

    /// <summary>Where a partition's objects are, with <c>${column}</c> for each partition column.</summary>
    public required string PartitionPrefix { get; init; }
}

/// <summary>A column of a table, its type in Hive's words.</summary>
public sealed record TableColumn(string Name, string Type, string Description);

/// <summary>A partition column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Projection">How Athena computes its values. Without, the catalog holds them: a job registers each partition that it has written.</param>
public sealed record TablePartition(TableColumn Column, Projection? Projection = null);

/// <summary>How files are read.</summary>
public enum TableFormat
{
    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>A JSON object per line.</summary>
    Json,

    /// <summary>Comma-separated values under a line with the columns' names, in which every value is a text.</summary>
    Csv,
}

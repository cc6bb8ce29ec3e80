namespace PipelineStacks.Aws.Glue;

/// <summary>A table as the catalog describes it.</summary>
public sealed record CatalogTable
{
    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where its files are, and which columns they have.</summary>
    public CatalogStorage? StorageDescriptor { get; init; }

    /// <summary>The columns that stand in the places of files.</summary>
    public IReadOnlyList<CatalogColumn>? PartitionKeys { get; init; }
}

/// <summary>Where files are, and which columns they have.</summary>
/// <param name="Location">Such as <c>s3://bucket/table/</c>.</param>
public sealed record CatalogStorage(IReadOnlyList<CatalogColumn>? Columns, string? Location);

/// <summary>A column.</summary>
/// <param name="Type">In Hive's words.</param>
public sealed record CatalogColumn(string Name, string? Type);

/// <summary>A registered partition.</summary>
public sealed record CatalogPartition
{
    /// <summary>Its values, in the order of the table's keys.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Where its files are.</summary>
    public CatalogStorage? StorageDescriptor { get; init; }
}

internal sealed record GetTableRequest(string DatabaseName, string Name);

internal sealed record GetTableResponse(CatalogTable Table);

internal sealed record PartitionRequest
{
    public required string DatabaseName { get; init; }

    public required string TableName { get; init; }

    public required IReadOnlyList<string> PartitionValues { get; init; }
}

internal sealed record GetPartitionResponse(CatalogPartition Partition);

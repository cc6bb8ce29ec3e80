namespace PipelineStacks.LocalCloud.Services.Athena;

internal sealed record ListDataCatalogsInput(string? NextToken, int? MaxResults, string? WorkGroup);

internal sealed record ListDataCatalogsOutput(IReadOnlyList<DataCatalogSummary> DataCatalogsSummary);

internal sealed record DataCatalogSummary(string CatalogName, string Type);

internal sealed record GetDataCatalogInput(string Name, string? WorkGroup);

internal sealed record GetDataCatalogOutput(DataCatalog DataCatalog);

internal sealed record DataCatalog(string Name, string Description, string Type, IReadOnlyDictionary<string, string> Parameters);

internal sealed record ListDatabasesInput(string CatalogName, string? NextToken, int? MaxResults, string? WorkGroup);

internal sealed record ListDatabasesOutput(IReadOnlyList<Database> DatabaseList, string? NextToken);

internal sealed record Database(string Name, string? Description = null, IReadOnlyDictionary<string, string>? Parameters = null);

internal sealed record GetDatabaseInput(string CatalogName, string DatabaseName, string? WorkGroup);

internal sealed record GetDatabaseOutput(Database Database);

internal sealed record ListTableMetadataInput(
    string CatalogName, string DatabaseName, string? Expression, string? NextToken, int? MaxResults, string? WorkGroup);

internal sealed record ListTableMetadataOutput(IReadOnlyList<TableMetadata> TableMetadataList, string? NextToken);

internal sealed record GetTableMetadataInput(string CatalogName, string DatabaseName, string TableName, string? WorkGroup);

internal sealed record GetTableMetadataOutput(TableMetadata TableMetadata);

internal sealed record TableMetadata
{
    public required string Name { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    public DateTimeOffset? LastAccessTime { get; init; }

    public string? TableType { get; init; }

    public required IReadOnlyList<Column> Columns { get; init; }

    public required IReadOnlyList<Column> PartitionKeys { get; init; }

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }
}

internal sealed record Column(string Name, string? Type, string? Comment);

internal sealed record ListEngineVersionsInput(string? NextToken, int? MaxResults);

internal sealed record ListEngineVersionsOutput(IReadOnlyList<EngineVersion> EngineVersions);

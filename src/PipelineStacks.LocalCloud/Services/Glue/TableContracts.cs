using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal sealed record TableInput
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Owner { get; init; }

    public DateTimeOffset? LastAccessTime { get; init; }

    public DateTimeOffset? LastAnalyzedTime { get; init; }

    public int Retention { get; init; }

    public StorageDescriptor? StorageDescriptor { get; init; }

    public IReadOnlyList<Column>? PartitionKeys { get; init; }

    public string? ViewOriginalText { get; init; }

    public string? ViewExpandedText { get; init; }

    public string? TableType { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public TableIdentifier? TargetTable { get; init; }
}

internal sealed record TableIdentifier(string? CatalogId, string? DatabaseName, string? Name, string? Region = null);

internal sealed record Table
{
    public required string Name { get; init; }

    public required string DatabaseName { get; init; }

    public string? Description { get; init; }

    public string? Owner { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    public DateTimeOffset UpdateTime { get; init; }

    public DateTimeOffset? LastAccessTime { get; init; }

    public DateTimeOffset? LastAnalyzedTime { get; init; }

    public int Retention { get; init; }

    public StorageDescriptor? StorageDescriptor { get; init; }

    public IReadOnlyList<Column>? PartitionKeys { get; init; }

    public string? ViewOriginalText { get; init; }

    public string? ViewExpandedText { get; init; }

    public string? TableType { get; init; }

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public string? CreatedBy { get; init; }

    public bool IsRegisteredWithLakeFormation { get; init; }

    public TableIdentifier? TargetTable { get; init; }

    public required string CatalogId { get; init; }

    public required string VersionId { get; init; }
}

internal sealed record PartitionIndex(IReadOnlyList<string> Keys, string IndexName);

internal sealed record CreateTableRequest(
    string? CatalogId, string DatabaseName, TableInput TableInput, IReadOnlyList<PartitionIndex>? PartitionIndexes, string? TransactionId);

internal sealed record UpdateTableRequest(
    string? CatalogId, string DatabaseName, TableInput TableInput, bool SkipArchive, string? TransactionId, string? VersionId, bool Force);

internal sealed record GetTableRequest(
    string? CatalogId, string DatabaseName, string Name, string? TransactionId, DateTimeOffset? QueryAsOfTime, bool IncludeStatusDetails);

internal sealed record GetTableResponse(Table Table);

internal sealed record GetTablesRequest(
    string? CatalogId, string DatabaseName, string? Expression, string? NextToken, int? MaxResults, string? TransactionId,
    DateTimeOffset? QueryAsOfTime, bool IncludeStatusDetails, IReadOnlyList<string>? AttributesToGet);

internal sealed record GetTablesResponse(IReadOnlyList<Table> TableList, string? NextToken);

internal sealed record DeleteTableRequest(string? CatalogId, string DatabaseName, string Name, string? TransactionId);

internal sealed record BatchDeleteTableRequest(
    string? CatalogId, string DatabaseName, IReadOnlyList<string> TablesToDelete, string? TransactionId);

internal sealed record BatchDeleteTableResponse(IReadOnlyList<TableError>? Errors);

internal sealed record TableError(string TableName, ErrorDetail ErrorDetail);

internal sealed record ErrorDetail(string ErrorCode, string ErrorMessage);

internal sealed record GetTableVersionRequest(string? CatalogId, string DatabaseName, string TableName, string? VersionId);

internal sealed record GetTableVersionResponse(TableVersion TableVersion);

internal sealed record GetTableVersionsRequest(
    string? CatalogId, string DatabaseName, string TableName, string? NextToken, int? MaxResults);

internal sealed record GetTableVersionsResponse(IReadOnlyList<TableVersion> TableVersions, string? NextToken);

internal sealed record TableVersion(Table Table, string VersionId);

internal sealed record DeleteTableVersionRequest(string? CatalogId, string DatabaseName, string TableName, string VersionId);

internal sealed record SearchTablesRequest(string? CatalogId, string? NextToken, IReadOnlyList<PropertyPredicate>? Filters, string? SearchText,
    IReadOnlyList<SortCriterion>? SortCriteria, int? MaxResults, string? ResourceShareType);

internal sealed record PropertyPredicate(string? Key, string? Value, string? Comparator);

internal sealed record SortCriterion(string? FieldName, string? Sort);

internal sealed record SearchTablesResponse(IReadOnlyList<Table> TableList, string? NextToken);

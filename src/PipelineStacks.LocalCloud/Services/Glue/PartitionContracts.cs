using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal sealed record PartitionInput
{
    public IReadOnlyList<string>? Values { get; init; }

    public DateTimeOffset? LastAccessTime { get; init; }

    public StorageDescriptor? StorageDescriptor { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public DateTimeOffset? LastAnalyzedTime { get; init; }
}

internal sealed record Partition
{
    public required IReadOnlyList<string> Values { get; init; }

    public required string DatabaseName { get; init; }

    public required string TableName { get; init; }

    public DateTimeOffset CreationTime { get; init; }

    public DateTimeOffset? LastAccessTime { get; init; }

    public StorageDescriptor? StorageDescriptor { get; init; }

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public DateTimeOffset? LastAnalyzedTime { get; init; }

    public required string CatalogId { get; init; }
}

internal sealed record PartitionValueList(IReadOnlyList<string> Values);

internal sealed record PartitionError(IReadOnlyList<string> PartitionValues, ErrorDetail ErrorDetail);

internal sealed record CreatePartitionRequest(string? CatalogId, string DatabaseName, string TableName, PartitionInput PartitionInput);

internal sealed record BatchCreatePartitionRequest(
    string? CatalogId, string DatabaseName, string TableName, IReadOnlyList<PartitionInput> PartitionInputList);

internal sealed record PartitionErrorsResponse(IReadOnlyList<PartitionError>? Errors);

internal sealed record GetPartitionRequest(string? CatalogId, string DatabaseName, string TableName, IReadOnlyList<string> PartitionValues);

internal sealed record GetPartitionResponse(Partition Partition);

internal sealed record Segment(int SegmentNumber, int TotalSegments);

internal sealed record GetPartitionsRequest(
    string? CatalogId, string DatabaseName, string TableName, string? Expression, string? NextToken, Segment? Segment, int? MaxResults,
    bool ExcludeColumnSchema, string? TransactionId, DateTimeOffset? QueryAsOfTime);

internal sealed record GetPartitionsResponse(IReadOnlyList<Partition> Partitions, string? NextToken);

internal sealed record BatchGetPartitionRequest(
    string? CatalogId, string DatabaseName, string TableName, IReadOnlyList<PartitionValueList> PartitionsToGet);

internal sealed record BatchGetPartitionResponse(IReadOnlyList<Partition> Partitions, IReadOnlyList<PartitionValueList>? UnprocessedKeys);

internal sealed record UpdatePartitionRequest(
    string? CatalogId, string DatabaseName, string TableName, IReadOnlyList<string> PartitionValueList, PartitionInput PartitionInput);

internal sealed record BatchUpdatePartitionRequest(
    string? CatalogId, string DatabaseName, string TableName, IReadOnlyList<BatchUpdatePartitionRequestEntry> Entries);

internal sealed record BatchUpdatePartitionRequestEntry(IReadOnlyList<string> PartitionValueList, PartitionInput PartitionInput);

internal sealed record BatchUpdatePartitionResponse(IReadOnlyList<BatchUpdatePartitionFailureEntry>? Errors);

internal sealed record BatchUpdatePartitionFailureEntry(IReadOnlyList<string> PartitionValueList, ErrorDetail ErrorDetail);

internal sealed record DeletePartitionRequest(
    string? CatalogId, string DatabaseName, string TableName, IReadOnlyList<string> PartitionValues);

internal sealed record BatchDeletePartitionRequest(
    string? CatalogId, string DatabaseName, string TableName, IReadOnlyList<PartitionValueList> PartitionsToDelete);

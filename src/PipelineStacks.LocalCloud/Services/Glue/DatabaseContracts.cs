using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal sealed record DataLakePrincipal(string? DataLakePrincipalIdentifier);

internal sealed record PrincipalPermissions(DataLakePrincipal? Principal, IReadOnlyList<string>? Permissions);

internal sealed record DatabaseIdentifier(string? CatalogId, string? DatabaseName, string? Region = null);

internal sealed record DatabaseInput
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? LocationUri { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public IReadOnlyList<PrincipalPermissions>? CreateTableDefaultPermissions { get; init; }

    public DatabaseIdentifier? TargetDatabase { get; init; }
}

internal sealed record Database
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? LocationUri { get; init; }

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    public IReadOnlyList<PrincipalPermissions>? CreateTableDefaultPermissions { get; init; }

    public DatabaseIdentifier? TargetDatabase { get; init; }

    public required string CatalogId { get; init; }
}

internal sealed record CreateDatabaseRequest(string? CatalogId, DatabaseInput DatabaseInput, IReadOnlyDictionary<string, string>? Tags);

internal sealed record GetDatabaseRequest(string? CatalogId, string Name);

internal sealed record GetDatabaseResponse(Database Database);

internal sealed record GetDatabasesRequest(
    string? CatalogId, string? NextToken, int? MaxResults, string? ResourceShareType, IReadOnlyList<string>? AttributesToGet);

internal sealed record GetDatabasesResponse(IReadOnlyList<Database> DatabaseList, string? NextToken);

internal sealed record UpdateDatabaseRequest(string? CatalogId, string Name, DatabaseInput DatabaseInput);

internal sealed record DeleteDatabaseRequest(string? CatalogId, string Name);

internal sealed record GetCatalogImportStatusRequest(string? CatalogId);

internal sealed record GetCatalogImportStatusResponse(CatalogImportStatus ImportStatus);

internal sealed record CatalogImportStatus(bool ImportCompleted);

internal sealed record TagResourceRequest(string ResourceArn, IReadOnlyDictionary<string, string> TagsToAdd);

internal sealed record UntagResourceRequest(string ResourceArn, IReadOnlyList<string> TagsToRemove);

internal sealed record GetTagsRequest(string ResourceArn);

internal sealed record GetTagsResponse(IReadOnlyDictionary<string, string> Tags);

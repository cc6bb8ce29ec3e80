namespace PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;

internal sealed record GetSecretValueRequest
{
    public required string SecretId { get; init; }
    public string? VersionId { get; init; }
    public string? VersionStage { get; init; }
}

internal sealed record GetSecretValueResponse(
    string ARN, string Name, string VersionId, byte[]? SecretBinary, string? SecretString, IReadOnlyList<string> VersionStages, DateTimeOffset CreatedDate);

internal sealed record PutSecretValueRequest
{
    public required string SecretId { get; init; }
    public string? ClientRequestToken { get; init; }
    public string? SecretString { get; init; }
    public byte[]? SecretBinary { get; init; }
    public IReadOnlyList<string>? VersionStages { get; init; }
}

internal sealed record PutSecretValueResponse(string ARN, string Name, string VersionId, IReadOnlyList<string> VersionStages);

internal sealed record UpdateSecretVersionStageRequest
{
    public required string SecretId { get; init; }
    public required string VersionStage { get; init; }
    public string? RemoveFromVersionId { get; init; }
    public string? MoveToVersionId { get; init; }
}

internal sealed record ListSecretVersionIdsRequest
{
    public required string SecretId { get; init; }
    public bool? IncludeDeprecated { get; init; }
    public int? MaxResults { get; init; }
    public string? NextToken { get; init; }
}

internal sealed record SecretVersionsListEntry(
    string VersionId, IReadOnlyList<string>? VersionStages, DateTimeOffset? LastAccessedDate, DateTimeOffset CreatedDate);

internal sealed record ListSecretVersionIdsResponse(IReadOnlyList<SecretVersionsListEntry> Versions, string? NextToken, string ARN, string Name);

internal sealed record GetRandomPasswordRequest
{
    public int? PasswordLength { get; init; }
    public string? ExcludeCharacters { get; init; }
    public bool ExcludeNumbers { get; init; }
    public bool ExcludePunctuation { get; init; }
    public bool ExcludeUppercase { get; init; }
    public bool ExcludeLowercase { get; init; }
    public bool IncludeSpace { get; init; }
    public bool RequireEachIncludedType { get; init; } = true;
}

internal sealed record GetRandomPasswordResponse(string RandomPassword);

namespace PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;

internal sealed record CreateSecretRequest
{
    public required string Name { get; init; }
    public string? ClientRequestToken { get; init; }
    public string? Description { get; init; }
    public string? KmsKeyId { get; init; }
    public string? SecretString { get; init; }
    public byte[]? SecretBinary { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
    public bool? ForceOverwriteReplicaSecret { get; init; }
}

internal sealed record UpdateSecretRequest
{
    public required string SecretId { get; init; }
    public string? ClientRequestToken { get; init; }
    public string? Description { get; init; }
    public string? KmsKeyId { get; init; }
    public string? SecretString { get; init; }
    public byte[]? SecretBinary { get; init; }
}

/// <summary>Answers <c>CreateSecret</c> and <c>UpdateSecret</c>; the version is there when a value was given.</summary>
internal sealed record SecretVersionResponse(string ARN, string Name, string? VersionId);

internal sealed record SecretRequest
{
    public required string SecretId { get; init; }
}

internal sealed record SecretResponse(string ARN, string Name);

internal sealed record DescribeSecretResponse
{
    public required string ARN { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public string? KmsKeyId { get; init; }
    public bool? RotationEnabled { get; init; }
    public RotationRules? RotationRules { get; init; }
    public DateTimeOffset? LastRotatedDate { get; init; }
    public DateTimeOffset? NextRotationDate { get; init; }
    public string? OwningService { get; init; }
    public DateTimeOffset LastChangedDate { get; init; }
    public DateTimeOffset? LastAccessedDate { get; init; }
    public DateTimeOffset? DeletedDate { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? VersionIdsToStages { get; init; }
    public DateTimeOffset CreatedDate { get; init; }
}

/// <summary>As <c>DescribeSecret</c>'s answer, with the versions under the name that lists have for them.</summary>
internal sealed record SecretListEntry
{
    public required string ARN { get; init; }
    public bool? RotationEnabled { get; init; }
    public string? OwningService { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public string? KmsKeyId { get; init; }
    public DateTimeOffset LastChangedDate { get; init; }
    public DateTimeOffset? LastAccessedDate { get; init; }
    public DateTimeOffset? DeletedDate { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? SecretVersionsToStages { get; init; }
    public DateTimeOffset CreatedDate { get; init; }
}

internal sealed record ListSecretsRequest
{
    public IReadOnlyList<SecretFilter>? Filters { get; init; }
    public bool? IncludePlannedDeletion { get; init; }
    public int? MaxResults { get; init; }
    public string? NextToken { get; init; }
    public string? SortOrder { get; init; }
}

internal sealed record SecretFilter(string Key, IReadOnlyList<string> Values);

internal sealed record ListSecretsResponse(IReadOnlyList<SecretListEntry> SecretList, string? NextToken);

internal sealed record DeleteSecretRequest
{
    public required string SecretId { get; init; }
    public int? RecoveryWindowInDays { get; init; }
    public bool? ForceDeleteWithoutRecovery { get; init; }
}

internal sealed record DeleteSecretResponse(string ARN, string Name, DateTimeOffset DeletionDate);

internal sealed record TagResourceRequest
{
    public required string SecretId { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }
}

internal sealed record UntagResourceRequest
{
    public required string SecretId { get; init; }
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record PutResourcePolicyRequest
{
    public required string SecretId { get; init; }
    public required string ResourcePolicy { get; init; }

    /// <summary>Asks for a check against policies that admit everybody; policies are stored, and not enforced yet.</summary>
    public bool? BlockPublicPolicy { get; init; }
}

internal sealed record GetResourcePolicyResponse(string ARN, string Name, string? ResourcePolicy);

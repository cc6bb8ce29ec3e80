namespace PipelineStacks.LocalCloud.Services.Kms.Contracts;

internal sealed record CreateKeyRequest
{
    public string? Policy { get; init; }
    public string? Description { get; init; }
    public string? KeyUsage { get; init; }
    public string? CustomerMasterKeySpec { get; init; }
    public string? KeySpec { get; init; }
    public string? Origin { get; init; }
    public bool? BypassPolicyLockoutSafetyCheck { get; init; }
    public IReadOnlyList<KeyTag>? Tags { get; init; }
    public bool? MultiRegion { get; init; }
}

internal sealed record KeyRequest
{
    public required string KeyId { get; init; }
}

internal sealed record DescribeKeyRequest
{
    public required string KeyId { get; init; }
    public IReadOnlyList<string>? GrantTokens { get; init; }
}

internal sealed record PagedRequest
{
    public string? KeyId { get; init; }
    public int? Limit { get; init; }
    public string? Marker { get; init; }
}

internal sealed record KeyPolicyRequest
{
    public required string KeyId { get; init; }
    public string? PolicyName { get; init; }
}

internal sealed record PutKeyPolicyRequest
{
    public required string KeyId { get; init; }
    public string? PolicyName { get; init; }
    public required string Policy { get; init; }
    public bool? BypassPolicyLockoutSafetyCheck { get; init; }
}

internal sealed record EnableKeyRotationRequest
{
    public required string KeyId { get; init; }
    public int? RotationPeriodInDays { get; init; }
}

internal sealed record ScheduleKeyDeletionRequest
{
    public required string KeyId { get; init; }
    public int? PendingWindowInDays { get; init; }
}

internal sealed record UpdateKeyDescriptionRequest
{
    public required string KeyId { get; init; }
    public required string Description { get; init; }
}

internal sealed record TagResourceRequest
{
    public required string KeyId { get; init; }
    public required IReadOnlyList<KeyTag> Tags { get; init; }
}

internal sealed record UntagResourceRequest
{
    public required string KeyId { get; init; }
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record AliasRequest
{
    public required string AliasName { get; init; }
    public required string TargetKeyId { get; init; }
}

internal sealed record DeleteAliasRequest
{
    public required string AliasName { get; init; }
}

internal sealed record KeyMetadata(
    string AWSAccountId, string KeyId, string Arn, DateTimeOffset CreationDate, bool Enabled, string Description, string KeyUsage, string KeyState,
    DateTimeOffset? DeletionDate, string Origin, string KeyManager, string CustomerMasterKeySpec, string KeySpec, IReadOnlyList<string> EncryptionAlgorithms,
    bool MultiRegion);

internal sealed record KeyMetadataResponse(KeyMetadata KeyMetadata);

internal sealed record KeyListEntry(string KeyId, string KeyArn);

internal sealed record ListKeysResponse(IReadOnlyList<KeyListEntry> Keys, bool Truncated, string? NextMarker);

internal sealed record AliasListEntry(string AliasName, string AliasArn, string? TargetKeyId, DateTimeOffset CreationDate, DateTimeOffset LastUpdatedDate);

internal sealed record ListAliasesResponse(IReadOnlyList<AliasListEntry> Aliases, bool Truncated, string? NextMarker);

internal sealed record KeyPolicyResponse(string Policy, string PolicyName);

internal sealed record ListKeyPoliciesResponse(IReadOnlyList<string> PolicyNames, bool Truncated, string? NextMarker);

internal sealed record KeyRotationStatusResponse(bool KeyRotationEnabled, string KeyId, int? RotationPeriodInDays);

internal sealed record ScheduleKeyDeletionResponse(string KeyId, DateTimeOffset DeletionDate, string KeyState, int PendingWindowInDays);

internal sealed record CancelKeyDeletionResponse(string KeyId);

internal sealed record ListResourceTagsResponse(IReadOnlyList<KeyTag> Tags, bool Truncated, string? NextMarker);

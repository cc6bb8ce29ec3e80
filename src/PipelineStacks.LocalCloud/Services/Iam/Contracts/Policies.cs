namespace PipelineStacks.LocalCloud.Services.Iam.Contracts;

internal sealed record PutRolePolicyRequest
{
    public required string RoleName { get; init; }
    public required string PolicyName { get; init; }
    public required string PolicyDocument { get; init; }
}

internal sealed record RolePolicyRequest
{
    public required string RoleName { get; init; }
    public required string PolicyName { get; init; }
}

internal sealed record RolePolicyArnRequest
{
    public required string RoleName { get; init; }
    public required string PolicyArn { get; init; }
}

internal sealed record CreatePolicyRequest
{
    public required string PolicyName { get; init; }
    public required string PolicyDocument { get; init; }
    public string? Path { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record PolicyRequest
{
    public required string PolicyArn { get; init; }
}

internal sealed record PolicyVersionRequest
{
    public required string PolicyArn { get; init; }
    public required string VersionId { get; init; }
}

internal sealed record CreatePolicyVersionRequest
{
    public required string PolicyArn { get; init; }
    public required string PolicyDocument { get; init; }
    public bool? SetAsDefault { get; init; }
}

internal sealed record PagedPolicyRequest
{
    public required string PolicyArn { get; init; }
    public string? Marker { get; init; }
    public int? MaxItems { get; init; }
}

internal sealed record ListPoliciesRequest
{
    public string? Scope { get; init; }
    public bool? OnlyAttached { get; init; }
    public string? PathPrefix { get; init; }
    public string? PolicyUsageFilter { get; init; }
    public string? Marker { get; init; }
    public int? MaxItems { get; init; }
}

internal sealed record GetRolePolicyResponse(string RoleName, string PolicyName, string PolicyDocument);

internal sealed record ListRolePoliciesResponse(IReadOnlyList<string> PolicyNames, bool IsTruncated, string? Marker);

internal sealed record AttachedPolicy(string PolicyName, string PolicyArn);

internal sealed record ListAttachedRolePoliciesResponse(IReadOnlyList<AttachedPolicy> AttachedPolicies, bool IsTruncated, string? Marker);

internal sealed record Policy(
    string PolicyName, string PolicyId, string Arn, string Path, string DefaultVersionId, int AttachmentCount, int PermissionsBoundaryUsageCount,
    bool IsAttachable, string? Description, DateTimeOffset CreateDate, DateTimeOffset UpdateDate, IReadOnlyList<Tag>? Tags);

internal sealed record PolicyResponse(Policy Policy);

internal sealed record ListPoliciesResponse(IReadOnlyList<Policy> Policies, bool IsTruncated, string? Marker);

internal sealed record PolicyVersion(string VersionId, bool IsDefaultVersion, DateTimeOffset CreateDate, string? Document);

internal sealed record PolicyVersionResponse(PolicyVersion PolicyVersion);

internal sealed record ListPolicyVersionsResponse(IReadOnlyList<PolicyVersion> Versions, bool IsTruncated, string? Marker);

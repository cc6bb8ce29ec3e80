namespace PipelineStacks.LocalCloud.Services.Iam.Contracts;

internal sealed record CreateRoleRequest
{
    public required string RoleName { get; init; }
    public required string AssumeRolePolicyDocument { get; init; }
    public string? Path { get; init; }
    public string? Description { get; init; }
    public int? MaxSessionDuration { get; init; }
    public string? PermissionsBoundary { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record RoleRequest
{
    public required string RoleName { get; init; }
}

internal sealed record ListRolesRequest
{
    public string? PathPrefix { get; init; }
    public string? Marker { get; init; }
    public int? MaxItems { get; init; }
}

internal sealed record UpdateRoleRequest
{
    public required string RoleName { get; init; }
    public string? Description { get; init; }
    public int? MaxSessionDuration { get; init; }
}

internal sealed record UpdateRoleDescriptionRequest
{
    public required string RoleName { get; init; }
    public required string Description { get; init; }
}

internal sealed record UpdateAssumeRolePolicyRequest
{
    public required string RoleName { get; init; }
    public required string PolicyDocument { get; init; }
}

internal sealed record RolePermissionsBoundaryRequest
{
    public required string RoleName { get; init; }
    public required string PermissionsBoundary { get; init; }
}

internal sealed record TagRoleRequest
{
    public required string RoleName { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }
}

internal sealed record UntagRoleRequest
{
    public required string RoleName { get; init; }
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record PagedRoleRequest
{
    public required string RoleName { get; init; }
    public string? PathPrefix { get; init; }
    public string? Marker { get; init; }
    public int? MaxItems { get; init; }
}

internal sealed record Role(
    string Path, string RoleName, string RoleId, string Arn, DateTimeOffset CreateDate, string AssumeRolePolicyDocument, string? Description,
    int MaxSessionDuration, AttachedPermissionsBoundary? PermissionsBoundary, IReadOnlyList<Tag>? Tags);

internal sealed record AttachedPermissionsBoundary(string PermissionsBoundaryType, string PermissionsBoundaryArn);

internal sealed record RoleResponse(Role Role);

internal sealed record ListRolesResponse(IReadOnlyList<Role> Roles, bool IsTruncated, string? Marker);

internal sealed record UpdateRoleResponse;

internal sealed record ListRoleTagsResponse(IReadOnlyList<Tag> Tags, bool IsTruncated, string? Marker);

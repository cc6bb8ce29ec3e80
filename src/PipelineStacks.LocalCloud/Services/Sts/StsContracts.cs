namespace PipelineStacks.LocalCloud.Services.Sts;

internal sealed record GetCallerIdentityRequest;

internal sealed record GetCallerIdentityResponse(string UserId, string Account, string Arn);

internal sealed record AssumeRoleRequest
{
    public required string RoleArn { get; init; }

    public required string RoleSessionName { get; init; }

    public int? DurationSeconds { get; init; }

    public string? ExternalId { get; init; }

    public string? SourceIdentity { get; init; }

    public IReadOnlyList<SessionTag>? Tags { get; init; }

    public IReadOnlyList<string>? TransitiveTagKeys { get; init; }
}

internal sealed record SessionTag(string Key, string Value);

internal sealed record AssumeRoleResponse(Credentials Credentials, AssumedRoleUser AssumedRoleUser, int PackedPolicySize);

internal sealed record AssumedRoleUser(string AssumedRoleId, string Arn);

internal sealed record Credentials(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration);

internal sealed record GetSessionTokenRequest
{
    public int? DurationSeconds { get; init; }
}

internal sealed record GetSessionTokenResponse(Credentials Credentials);

internal sealed record GetAccessKeyInfoRequest
{
    public required string AccessKeyId { get; init; }
}

internal sealed record GetAccessKeyInfoResponse(string Account);

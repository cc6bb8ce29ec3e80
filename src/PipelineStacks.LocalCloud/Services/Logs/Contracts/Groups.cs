namespace PipelineStacks.LocalCloud.Services.Logs.Contracts;

internal sealed record CreateLogGroupRequest
{
    public required string LogGroupName { get; init; }
    public string? KmsKeyId { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
    public string? LogGroupClass { get; init; }
    public bool? DeletionProtectionEnabled { get; init; }
}

internal sealed record LogGroupRequest
{
    public required string LogGroupName { get; init; }
}

internal sealed record DescribeLogGroupsRequest
{
    public string? LogGroupNamePrefix { get; init; }
    public string? LogGroupNamePattern { get; init; }
    public string? LogGroupClass { get; init; }
    public string? NextToken { get; init; }
    public int? Limit { get; init; }
}

internal sealed record PutRetentionPolicyRequest
{
    public required string LogGroupName { get; init; }
    public required int RetentionInDays { get; init; }
}

internal sealed record PutLogGroupDeletionProtectionRequest
{
    public required string LogGroupIdentifier { get; init; }
    public required bool DeletionProtectionEnabled { get; init; }
}

internal sealed record KmsKeyRequest
{
    public required string LogGroupName { get; init; }
    public string? KmsKeyId { get; init; }
}

internal sealed record TagLogGroupRequest
{
    public required string LogGroupName { get; init; }
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

internal sealed record UntagLogGroupRequest
{
    public required string LogGroupName { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
}

internal sealed record TagResourceRequest
{
    public required string ResourceArn { get; init; }
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

internal sealed record UntagResourceRequest
{
    public required string ResourceArn { get; init; }
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record ResourceRequest
{
    public required string ResourceArn { get; init; }
}

internal sealed record TagsResponse(IReadOnlyDictionary<string, string> Tags);

internal sealed record LogGroup(
    string LogGroupName, long CreationTime, int? RetentionInDays, int MetricFilterCount, string Arn, long StoredBytes, string? KmsKeyId,
    string LogGroupClass, string LogGroupArn, bool DeletionProtectionEnabled);

internal sealed record DescribeLogGroupsResponse(IReadOnlyList<LogGroup> LogGroups, string? NextToken);

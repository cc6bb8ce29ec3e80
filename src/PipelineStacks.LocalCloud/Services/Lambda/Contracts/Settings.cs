using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Lambda.Contracts;

internal sealed record AddPermissionRequest
{
    public required string FunctionName { get; init; }
    public required string StatementId { get; init; }
    public required string Action { get; init; }
    public required string Principal { get; init; }
    public string? SourceArn { get; init; }
    public string? SourceAccount { get; init; }
    public string? PrincipalOrgID { get; init; }
    public string? Qualifier { get; init; }
    public string? RevisionId { get; init; }
}

internal sealed record AddPermissionResponse(string Statement);

internal sealed record RemovePermissionRequest
{
    public required string FunctionName { get; init; }
    public required string StatementId { get; init; }
    public string? Qualifier { get; init; }
    public string? RevisionId { get; init; }
}

internal sealed record GetPolicyResponse(string Policy, string RevisionId);

internal sealed record PutFunctionConcurrencyRequest
{
    public required string FunctionName { get; init; }
    public required int ReservedConcurrentExecutions { get; init; }
}

internal sealed record Concurrency(int? ReservedConcurrentExecutions);

internal sealed record ResourceRequest
{
    public required string Resource { get; init; }
}

internal sealed record TagResourceRequest
{
    public required string Resource { get; init; }
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}

internal sealed record UntagResourceRequest
{
    public required string Resource { get; init; }

    [JsonPropertyName("tagKeys")]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

internal sealed record ListTagsResponse(IReadOnlyDictionary<string, string> Tags);

internal sealed record AccountSettingsRequest;

internal sealed record GetAccountSettingsResponse(AccountLimit AccountLimit, AccountUsage AccountUsage);

internal sealed record AccountLimit(
    long TotalCodeSize, long CodeSizeUnzipped, long CodeSizeZipped, int ConcurrentExecutions, int UnreservedConcurrentExecutions);

internal sealed record AccountUsage(long TotalCodeSize, long FunctionCount);

namespace PipelineStacks.LocalCloud.Services.EventBridge.Contracts;

internal sealed record Target
{
    public required string Id { get; init; }
    public required string Arn { get; init; }
    public string? RoleArn { get; init; }
    public string? Input { get; init; }
    public string? InputPath { get; init; }
    public InputTransformer? InputTransformer { get; init; }
    public KinesisParameters? KinesisParameters { get; init; }
    public DeadLetterConfig? DeadLetterConfig { get; init; }
    public RetryPolicy? RetryPolicy { get; init; }
}

internal sealed record InputTransformer
{
    public IReadOnlyDictionary<string, string>? InputPathsMap { get; init; }
    public required string InputTemplate { get; init; }
}

internal sealed record KinesisParameters(string PartitionKeyPath);

internal sealed record DeadLetterConfig(string? Arn);

internal sealed record RetryPolicy
{
    public int? MaximumRetryAttempts { get; init; }
    public int? MaximumEventAgeInSeconds { get; init; }
}

internal sealed record PutTargetsRequest
{
    public required string Rule { get; init; }
    public string? EventBusName { get; init; }
    public required IReadOnlyList<Target> Targets { get; init; }
}

internal sealed record TargetFailure(string TargetId, string ErrorCode, string ErrorMessage);

internal sealed record TargetsResponse(int FailedEntryCount, IReadOnlyList<TargetFailure> FailedEntries)
{
    public static readonly TargetsResponse Done = new(0, []);
}

internal sealed record RemoveTargetsRequest
{
    public required string Rule { get; init; }
    public string? EventBusName { get; init; }
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>For rules that services manage, of which there are none here.</summary>
    public bool? Force { get; init; }
}

internal sealed record ListTargetsByRuleRequest
{
    public required string Rule { get; init; }
    public string? EventBusName { get; init; }
    public string? NextToken { get; init; }
    public int? Limit { get; init; }
}

internal sealed record ListTargetsByRuleResponse(IReadOnlyList<Target> Targets, string? NextToken);

namespace PipelineStacks.LocalCloud.Services.EventBridge.Contracts;

internal sealed record PutRuleRequest
{
    public required string Name { get; init; }
    public string? ScheduleExpression { get; init; }
    public string? EventPattern { get; init; }
    public string? State { get; init; }
    public string? Description { get; init; }
    public string? RoleArn { get; init; }
    public string? EventBusName { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record PutRuleResponse(string RuleArn);

internal sealed record RuleRequest
{
    public required string Name { get; init; }
    public string? EventBusName { get; init; }
}

internal sealed record DeleteRuleRequest
{
    public required string Name { get; init; }
    public string? EventBusName { get; init; }

    /// <summary>For rules that services manage, of which there are none here.</summary>
    public bool? Force { get; init; }
}

internal sealed record Rule(
    string Name, string Arn, string? EventPattern, string? ScheduleExpression, string State, string? Description, string? RoleArn, string EventBusName);

internal sealed record DescribeRuleResponse(
    string Name, string Arn, string? EventPattern, string? ScheduleExpression, string State, string? Description, string? RoleArn, string EventBusName,
    string CreatedBy);

internal sealed record ListRulesRequest
{
    public string? NamePrefix { get; init; }
    public string? EventBusName { get; init; }
    public string? NextToken { get; init; }
    public int? Limit { get; init; }
}

internal sealed record ListRulesResponse(IReadOnlyList<Rule> Rules, string? NextToken);

internal sealed record ListRuleNamesByTargetRequest
{
    public required string TargetArn { get; init; }
    public string? EventBusName { get; init; }
    public string? NextToken { get; init; }
    public int? Limit { get; init; }
}

internal sealed record ListRuleNamesByTargetResponse(IReadOnlyList<string> RuleNames, string? NextToken);

internal sealed record TestEventPatternRequest(string EventPattern, string Event);

internal sealed record TestEventPatternResponse(bool Result);

internal sealed record TagResourceRequest(string ResourceARN, IReadOnlyList<Tag> Tags);

internal sealed record UntagResourceRequest(string ResourceARN, IReadOnlyList<string> TagKeys);

internal sealed record ListTagsForResourceRequest(string ResourceARN);

internal sealed record ListTagsForResourceResponse(IReadOnlyList<Tag> Tags);

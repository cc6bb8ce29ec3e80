using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Iot.Contracts;

/// <summary>What a rule does: <see href="https://docs.aws.amazon.com/iot/latest/apireference/API_TopicRulePayload.html"/>.</summary>
internal record TopicRulePayload
{
    public string? Sql { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<RuleAction>? Actions { get; init; }

    public bool RuleDisabled { get; init; }

    public string? AwsIotSqlVersion { get; init; }

    public RuleAction? ErrorAction { get; init; }
}

/// <summary>The payload is the request's body, the name stands in its path, the tags in a header.</summary>
internal sealed record PutTopicRuleRequest : TopicRulePayload
{
    public string RuleName { get; init; } = "";

    public string? Tags { get; init; }

    public TopicRulePayload Payload() => new()
    {
        Sql = Sql,
        Description = Description,
        Actions = Actions,
        RuleDisabled = RuleDisabled,
        AwsIotSqlVersion = AwsIotSqlVersion,
        ErrorAction = ErrorAction,
    };
}

internal sealed record TopicRule : TopicRulePayload
{
    public TopicRule(string ruleName, DateTimeOffset createdAt, TopicRulePayload payload) : base(payload) => (RuleName, CreatedAt) = (ruleName, createdAt);

    [System.Text.Json.Serialization.JsonConstructor]
    public TopicRule()
    {
    }

    public string RuleName { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One of its members is set. An action that isn't among them is refused by name.</summary>
internal sealed record RuleAction
{
    public KinesisRuleAction? Kinesis { get; init; }

    public FirehoseRuleAction? Firehose { get; init; }

    public S3RuleAction? S3 { get; init; }

    public RepublishRuleAction? Republish { get; init; }

    public SnsRuleAction? Sns { get; init; }

    public LambdaRuleAction? Lambda { get; init; }
}

internal sealed record KinesisRuleAction(string RoleArn, string StreamName, string? PartitionKey = null);

internal sealed record FirehoseRuleAction(string RoleArn, string DeliveryStreamName, string? Separator = null, bool BatchMode = false);

internal sealed record S3RuleAction(string RoleArn, string BucketName, string Key)
{
    [NoLocalEffect("Objects here have no access control lists.")]
    public string? CannedAcl { get; init; }
}

internal sealed record RepublishRuleAction(string RoleArn, string Topic, int Qos = 0);

internal sealed record SnsRuleAction(string RoleArn, string TargetArn, string? MessageFormat = null);

internal sealed record LambdaRuleAction(string FunctionArn);

internal sealed record RuleRequest(string RuleName);

internal sealed record GetTopicRuleResponse(string RuleArn, TopicRule Rule);

internal sealed record ListTopicRulesRequest(string? Topic = null, int? MaxResults = null, string? NextToken = null, bool? RuleDisabled = null);

internal sealed record ListTopicRulesResponse(IReadOnlyList<TopicRuleListItem> Rules, string? NextToken);

internal sealed record TopicRuleListItem(string RuleArn, string RuleName, string? TopicPattern, DateTimeOffset CreatedAt, bool RuleDisabled);

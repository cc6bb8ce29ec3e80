using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using CfnRule = Amazon.CDK.AWS.Events.CfnRule;
using CfnRuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;

namespace PipelineStacks.Monitoring;

/// <summary>What <see cref="AlarmEvents"/> is made of.</summary>
public sealed record AlarmEventsProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Who is told of failures in their own words, which an alarm's metric doesn't have.</summary>
    public required AlarmTopics Topics { get; init; }

    /// <summary>What encrypts the events that are kept.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>
/// Rules for what services announce as events and not as metrics. EventBridge counts what a rule matches, and on that count there can be an alarm. The
/// events are kept in a log group, where the alarm's reader finds which job, task or object it was.
/// </summary>
public sealed class AlarmEvents : Construct
{
    private static readonly string[] Writers = ["events.amazonaws.com", "delivery.logs.amazonaws.com"];
    private static readonly string[] Writing = ["logs:CreateLogStream", "logs:PutLogEvents"];

    private readonly AlarmEventsProps _props;
    private readonly CfnLogGroup _group;
    private readonly CfnResourcePolicy _policy;

    /// <summary>Creates the log group of the events.</summary>
    public AlarmEvents(Construct scope, string id, AlarmEventsProps props)
        : base(scope, id)
    {
        _props = props;
        _group = new CfnLogGroup(this, "Log", new CfnLogGroupProps { RetentionInDays = props.Settings.LogRetentionDays, KmsKeyId = props.Key.Key.KeyArn });
        _group.ApplyRemovalPolicy(props.Settings.DataRemovalPolicy());
        _policy = new CfnResourcePolicy(this, "LogPolicy", new CfnResourcePolicyProps
        {
            PolicyName = new Names(props.Settings.Name).EventLogPolicy,
            PolicyDocument = Policy(),
        });
    }

    /// <summary>A rule for events that are about a failure: its reason goes to the topic as well.</summary>
    /// <returns>The rule's name.</returns>
    public string OnFailure(string id, string description, string source, string detailType, Dictionary<string, object> detail) =>
        Rule(id, description, Pattern(source, detailType, detail), told: true);

    /// <summary>A rule for events that come in numbers, or that somebody else tells of: they are only counted and kept.</summary>
    /// <returns>The rule's name.</returns>
    public string OnCount(string id, string description, string source, string detailType, Dictionary<string, object> detail, string? resource = null)
    {
        var pattern = Pattern(source, detailType, detail);
        if (resource is not null)
            pattern["resources"] = new[] { resource };
        return Rule(id, description, pattern, told: false);
    }

    private string Rule(string id, string description, Dictionary<string, object> pattern, bool told)
    {
        List<CfnRule.TargetProperty> targets = [new() { Id = "Log", Arn = LogArn() }];
        if (told)
            targets.Add(new() { Id = "Topic", Arn = _props.Topics.Warning });
        var rule = new CfnRule(this, id, new CfnRuleProps { Description = description, State = "ENABLED", EventPattern = pattern, Targets = targets.ToArray() });
        rule.AddDependency(_policy);
        return rule.Ref;
    }

    private static Dictionary<string, object> Pattern(string source, string detailType, Dictionary<string, object> detail) => new()
    {
        ["source"] = new[] { source },
        ["detail-type"] = new[] { detailType },
        ["detail"] = detail,
    };

    // Without the :* at the end of the group's own attribute, which EventBridge refuses.
    private string LogArn() => Stack.Of(this).FormatArn(new ArnComponents
    {
        Service = "logs",
        Resource = "log-group",
        ResourceName = _group.Ref,
        ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
    });

    private string Policy() => Stack.Of(this).ToJsonString(new Dictionary<string, object>
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new[]
        {
            new Dictionary<string, object>
            {
                ["Sid"] = "KeepEvents",
                ["Effect"] = "Allow",
                ["Principal"] = new Dictionary<string, object> { ["Service"] = Writers },
                ["Action"] = Writing,
                ["Resource"] = _group.AttrArn,
            },
        },
    });
}

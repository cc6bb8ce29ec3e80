using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;

namespace PipelineStacks.Monitoring;

/// <summary>What <see cref="AlarmTopics"/> is made of.</summary>
public sealed record AlarmTopicsProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What encrypts the messages; its policy admits the services that send them.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>A topic per severity. Every alarm tells the one for warnings; a pipeline's critical alarms together tell the other, once.</summary>
public sealed class AlarmTopics : Construct
{
    private readonly AlarmTopicsProps _props;

    /// <summary>Creates the topics, with a subscription of each per address.</summary>
    public AlarmTopics(Construct scope, string id, AlarmTopicsProps props)
        : base(scope, id)
    {
        _props = props;
        Critical = Topic("Critical", "critical", PublishOwn("PublishAlarms", "cloudwatch.amazonaws.com"));
        Warning = Topic("Warning", "warning",
            PublishOwn("PublishAlarms", "cloudwatch.amazonaws.com", "budgets.amazonaws.com"),
            // EventBridge doesn't say for which account it publishes to a topic; that the topic is named by a rule of ours says it.
            Publish("PublishEvents", "events.amazonaws.com"));
    }

    /// <summary>The ARN of the topic that calls people.</summary>
    public string Critical { get; }

    /// <summary>The ARN of the topic that tells people.</summary>
    public string Warning { get; }

    private string Topic(string id, string severity, params PolicyStatementProps[] allowed)
    {
        var topic = new CfnTopic(this, id, new CfnTopicProps
        {
            DisplayName = $"{Names.Project}-{_props.Settings.Name} {severity}",
            KmsMasterKeyId = _props.Key.Key.KeyArn,
        });
        new CfnTopicPolicy(this, $"{id}Policy", new CfnTopicPolicyProps { Topics = [topic.Ref], PolicyDocument = Policy(topic.Ref, allowed) });
        foreach (var (i, address) in _props.Settings.AlarmAddresses.Index())
            new CfnSubscription(this, $"{id}Address{i + 1}", new CfnSubscriptionProps { TopicArn = topic.Ref, Protocol = "email", Endpoint = address });
        return topic.Ref;
    }

    private PolicyStatementProps PublishOwn(string sid, params string[] services)
    {
        var allowed = Publish(sid, services);
        allowed.Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(this).Account } };
        return allowed;
    }

    private static PolicyStatementProps Publish(string sid, params string[] services) => new()
    {
        Sid = sid,
        Principals = [.. services.Select(service => new ServicePrincipal(service))],
        Actions = ["sns:Publish"],
    };

    private static PolicyDocument Policy(string topic, PolicyStatementProps[] allowed) => new(new PolicyDocumentProps
    {
        Statements =
        [
            .. allowed.Select(props =>
            {
                props.Resources = [topic];
                return new PolicyStatement(props);
            }),
            new PolicyStatement(new PolicyStatementProps
            {
                Sid = "RefuseWithoutTls",
                Effect = Effect.DENY,
                Principals = [new AnyPrincipal()],
                Actions = ["sns:Publish"],
                Resources = [topic],
                Conditions = new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" } },
            }),
        ],
    });
}

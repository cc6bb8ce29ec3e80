using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace PipelineStacks.Notices;

/// <summary>What every topic by which services tell people something has.</summary>
internal static class Topics
{
    /// <summary>Lets services publish to a topic, and nobody without TLS.</summary>
    /// <param name="allowed">Who may publish; the topic is added to it.</param>
    public static CfnTopicPolicy AddPolicy(this CfnTopic topic, string id, params PolicyStatementProps[] allowed) =>
        new((Construct)topic.Node.Scope!, id, new CfnTopicPolicyProps { Topics = [topic.Ref], PolicyDocument = Policy(topic.Ref, allowed) });

    /// <summary>Subscribes people, each of whom gets an e-mail to confirm.</summary>
    /// <param name="prefix">What the ids of the subscriptions begin with.</param>
    public static void AddAddresses(this CfnTopic topic, string prefix, IEnumerable<string> addresses)
    {
        foreach (var (i, address) in addresses.Index())
            new CfnSubscription((Construct)topic.Node.Scope!, $"{prefix}{i + 1}", new CfnSubscriptionProps { TopicArn = topic.Ref, Protocol = "email", Endpoint = address });
    }

    /// <summary>Services that say for which account they publish: for this one they may.</summary>
    public static PolicyStatementProps PublishOwn(Construct scope, string sid, params string[] services)
    {
        var allowed = Publish(sid, services);
        allowed.Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(scope).Account } };
        return allowed;
    }

    /// <summary>Services that don't say it.</summary>
    public static PolicyStatementProps Publish(string sid, params string[] services) => new()
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

using Amazon.CDK;
using Amazon.CDK.AWS.DMS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Replication;

/// <summary>What <see cref="ReplicationEvents"/> listens to.</summary>
public sealed record ReplicationEventsProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The replication.</summary>
    public required DatabaseReplication Replication { get; init; }
}

/// <summary>
/// Tells the environment's addresses when a task fails, stops or goes: a task that doesn't run has no metrics that an alarm could see. Serverless
/// replications have no such events.
/// </summary>
public sealed class ReplicationEvents : Construct
{
    private readonly CfnTopic _topic;

    /// <summary>Creates the topic and the subscriptions of DMS's events.</summary>
    public ReplicationEvents(Construct scope, string id, ReplicationEventsProps props)
        : base(scope, id)
    {
        _topic = new CfnTopic(this, "Topic", new CfnTopicProps { DisplayName = $"Replication of {Names.Project}-{props.Settings.Name}" });
        var policy = new CfnTopicPolicy(this, "Policy", new CfnTopicPolicyProps { Topics = [_topic.Ref], PolicyDocument = Policy() });
        foreach (var (address, i) in props.Settings.AlarmAddresses.Select((address, i) => (address, i)))
            new CfnSubscription(this, $"Address{i + 1}", new CfnSubscriptionProps { TopicArn = _topic.Ref, Protocol = "email", Endpoint = address });

        Subscribe("Task", "replication-task", props.Replication.TaskIdentifier!, "failure", "state change", "deletion");
        Subscribe("Instance", "replication-instance", props.Replication.InstanceIdentifier!, "failure", "failover", "low storage", "deletion");

        void Subscribe(string name, string kind, string source, params string[] categories)
        {
            var subscription = new CfnEventSubscription(this, name, new CfnEventSubscriptionProps
            {
                SubscriptionName = new Names(props.Settings.Name).Replication(kind),
                SnsTopicArn = _topic.Ref,
                SourceType = kind,
                SourceIds = [source],
                EventCategories = categories,
                Enabled = true,
            });
            subscription.AddDependency(policy);
            // DMS refuses identifiers of what isn't there yet.
            foreach (var part in props.Replication.Parts)
                subscription.AddDependency(part);
        }
    }

    /// <summary>The ARN of the topic.</summary>
    public string TopicArn => _topic.Ref;

    private PolicyDocument Policy() => new(new PolicyDocumentProps
    {
        Statements =
        [
            new PolicyStatement(new PolicyStatementProps
            {
                Sid = "PublishEvents",
                Principals = [new ServicePrincipal("dms.amazonaws.com")],
                Actions = ["sns:Publish"],
                Resources = [_topic.Ref],
                Conditions = new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(this).Account },
                },
            }),
            new PolicyStatement(new PolicyStatementProps
            {
                Sid = "RefuseWithoutTls",
                Effect = Effect.DENY,
                Principals = [new AnyPrincipal()],
                Actions = ["sns:Publish"],
                Resources = [_topic.Ref],
                Conditions = new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" } },
            }),
        ],
    });
}

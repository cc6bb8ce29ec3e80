using Amazon.CDK.AWS.DMS;
using Amazon.CDK.AWS.SNS;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Notices;

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
        var policy = _topic.AddPolicy("Policy", Topics.PublishOwn(this, "PublishEvents", "dms.amazonaws.com"));
        _topic.AddAddresses("Address", props.Settings.AlarmAddresses);

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
}

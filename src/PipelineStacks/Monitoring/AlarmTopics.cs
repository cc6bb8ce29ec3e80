using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Notices;
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
        Critical = Topic("Critical", "critical", Topics.PublishOwn(this, "PublishAlarms", "cloudwatch.amazonaws.com"));
        Warning = Topic("Warning", "warning",
            Topics.PublishOwn(this, "PublishAlarms", "cloudwatch.amazonaws.com", "budgets.amazonaws.com"),
            // EventBridge doesn't say for which account it publishes to a topic; that the topic is named by a rule of ours says it.
            Topics.Publish("PublishEvents", "events.amazonaws.com"));
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
        topic.AddPolicy($"{id}Policy", allowed);
        topic.AddAddresses($"{id}Address", _props.Settings.AlarmAddresses);
        return topic.Ref;
    }
}

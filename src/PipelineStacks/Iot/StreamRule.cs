using Amazon.CDK.AWS.IoT;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using PipelineStacks.Streaming;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Iot;

/// <summary>What <see cref="StreamRule"/> connects.</summary>
public sealed record StreamRuleProps
{
    /// <summary>The dataset.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Where the messages go.</summary>
    public required EventStream Stream { get; init; }

    /// <summary>What encrypts the stream.</summary>
    public required DataKey Key { get; init; }

    /// <summary>Where those go that the stream didn't take.</summary>
    public required RuleQuarantine Quarantine { get; init; }
}

/// <summary>The topic rule for those who can't wait: messages go to a data stream, those of one device to one shard and so in their order.</summary>
public sealed class StreamRule : Construct
{
    /// <summary>Creates the rule with its role.</summary>
    public StreamRule(Construct scope, string id, StreamRuleProps props)
        : base(scope, id)
    {
        var role = RuleRole.Of(this, $"Messages of {props.Dataset.Name} go to a data stream",
            Allow("PutRecords", ["kinesis:PutRecord"], props.Stream.Stream.StreamArn),
            UseKeyVia(this, "UseKey", "kinesis", props.Key.Key.KeyArn, "kms:GenerateDataKey"));
        Rule = TopicRule.Of(this, new Names(props.Settings.Name).StreamRule(props.Dataset.Name), ((TopicSource)props.Dataset.Source).StreamSql,
            $"Takes {props.Dataset.Name} to the data stream", props.Quarantine, new CfnTopicRule.ActionProperty
            {
                Kinesis = new CfnTopicRule.KinesisActionProperty
                {
                    StreamName = props.Stream.Stream.StreamName,
                    PartitionKey = "${topic()}",
                    RoleArn = role.RoleArn,
                },
            });
    }

    /// <summary>The rule itself.</summary>
    public CfnTopicRule Rule { get; }
}

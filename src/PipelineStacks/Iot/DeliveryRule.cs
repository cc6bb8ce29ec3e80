using Amazon.CDK.AWS.IoT;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Streaming;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Iot;

/// <summary>What <see cref="DeliveryRule"/> connects.</summary>
public sealed record DeliveryRuleProps
{
    /// <summary>The dataset.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Where the messages go: a delivery stream that is put to directly, since AWS IoT refuses one that reads a data stream.</summary>
    public required ParquetDelivery Delivery { get; init; }

    /// <summary>Where those go that it didn't take, and those that are no readings.</summary>
    public required RuleQuarantine Quarantine { get; init; }
}

/// <summary>The topic rule for the lake: messages go, a line each, to the landing zone.</summary>
public sealed class DeliveryRule : Construct
{
    /// <summary>Creates the rule with its role.</summary>
    public DeliveryRule(Construct scope, string id, DeliveryRuleProps props)
        : base(scope, id)
    {
        var role = RuleRole.Of(this, $"Messages of {props.Dataset.Name} go to the landing zone", Allow("PutRecords", ["firehose:PutRecord"], props.Delivery.Arn));
        Rule = TopicRule.Of(this, new Names(props.Settings.Name).DeliveryRule(props.Dataset.Name), ((TopicSource)props.Dataset.Source).DeliverySql,
            $"Takes {props.Dataset.Name} to the landing zone", props.Quarantine, new CfnTopicRule.ActionProperty
            {
                Firehose = new CfnTopicRule.FirehoseActionProperty
                {
                    DeliveryStreamName = props.Delivery.Name,
                    Separator = "\n",
                    RoleArn = role.RoleArn,
                },
            });
    }

    /// <summary>The rule itself.</summary>
    public CfnTopicRule Rule { get; }
}

using Amazon.CDK.AWS.CodePipeline;
using Amazon.CDK.AWS.CodeStarNotifications;
using Amazon.CDK.AWS.SNS;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Notices;

namespace PipelineStacks.Delivery;

/// <summary>What <see cref="Notifications"/> tells of.</summary>
public sealed record NotificationsProps
{
    /// <summary>The delivery.</summary>
    public required PromotionSettings Settings { get; init; }

    /// <summary>Its pipeline.</summary>
    public required Pipeline Pipeline { get; init; }
}

/// <summary>Tells the delivery's addresses when an execution fails and when somebody has to approve.</summary>
public sealed class Notifications : Construct
{
    /// <summary>Creates the topic and the rule that writes to it.</summary>
    public Notifications(Construct scope, string id, NotificationsProps props)
        : base(scope, id)
    {
        var topic = new CfnTopic(this, "Topic", new CfnTopicProps { DisplayName = "Delivery of pipelines" });
        var policy = topic.AddPolicy("Policy", Topics.PublishOwn(this, "PublishNotifications", "codestar-notifications.amazonaws.com"));
        topic.AddAddresses("Address", props.Settings.Notify);
        var rule = new CfnNotificationRule(this, "Rule", new CfnNotificationRuleProps
        {
            Name = Names.DeliveryStack,
            DetailType = "FULL",
            EventTypeIds = ["codepipeline-pipeline-pipeline-execution-failed", "codepipeline-pipeline-manual-approval-needed"],
            Resource = props.Pipeline.PipelineArn,
            Targets = new[] { new CfnNotificationRule.TargetProperty { TargetType = "SNS", TargetAddress = topic.Ref } },
        });
        // The rule is tried out on the topic when it is made.
        rule.AddDependency(policy);
    }
}

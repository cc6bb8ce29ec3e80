using Amazon.CDK;
using Constructs;
using PipelineStacks.Delivery;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="DeliveryStack"/> delivers.</summary>
public sealed record DeliveryStackProps
{
    /// <summary>How commits get into the environments.</summary>
    public required PromotionSettings Settings { get; init; }

    /// <summary>The environments, in the order in which they are deployed to.</summary>
    public required IReadOnlyList<EnvironmentStage> Stages { get; init; }
}

/// <summary>The pipeline from a commit to production. It holds what was deployed and is protected from deletion.</summary>
public sealed class DeliveryStack : Stack
{
    /// <summary>Creates the delivery.</summary>
    public DeliveryStack(Construct scope, DeliveryStackProps props)
        : base(scope, "Delivery", new StackProps
        {
            StackName = Names.DeliveryStack,
            Description = "The pipeline from a commit to production",
            Env = new Amazon.CDK.Environment { Account = props.Settings.Account, Region = props.Settings.Region },
            TerminationProtection = true,
        })
    {
        Amazon.CDK.Tags.Of(this).Add("project", Names.Project);
        Amazon.CDK.Tags.Of(this).Add("environment", "delivery");
        foreach (var (key, value) in props.Settings.Tags)
            Amazon.CDK.Tags.Of(this).Add(key, value);
        var store = new ArtifactStore(this, "Artifacts", new ArtifactStoreProps { Settings = props.Settings });
        var promotion = new PromotionPipeline(this, "Promotion", new PromotionPipelineProps { Settings = props.Settings, Stages = props.Stages, Store = store });
        new Notifications(this, "Notifications", new NotificationsProps { Settings = props.Settings, Pipeline = promotion.Pipeline });
    }
}

using Amazon.CDK;
using Constructs;
using PipelineStacks.Delivery;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="VerificationStack"/> is made for.</summary>
public sealed record VerificationStackProps
{
    /// <summary>The delivery.</summary>
    public required PromotionSettings Delivery { get; init; }

    /// <summary>Whether a database is replicated.</summary>
    public required bool Replicates { get; init; }

    /// <summary>The datasets.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The zones.</summary>
    public required StorageStack Storage { get; init; }
}

/// <summary>What lets the delivery, from another account, verify an environment. Only a stage of the delivery has it.</summary>
public sealed class VerificationStack : EnvironmentStack
{
    /// <summary>Creates the role.</summary>
    public VerificationStack(Construct scope, EnvironmentSettings settings, VerificationStackProps props)
        : base(scope, "Verification", new Names(settings.Name).VerificationStack, "The role by which the delivery verifies the environment", settings)
    {
        var role = new VerificationRole(this, "Delivery", new VerificationRoleProps
        {
            Settings = settings,
            DeliveryAccount = props.Delivery.Account!,
            TestData = settings.Name != props.Delivery.Stages[^1] || props.Delivery.TestDataInLastStage,
            Replication = props.Replicates ? settings.Replication.Mode : null,
            Topics = [.. props.Datasets.Select(dataset => dataset.Source).OfType<TopicSource>()],
            Storage = props.Storage,
        });
        RoleArn = new CfnOutput(this, Names.VerificationRoleOutput, new CfnOutputProps { Value = role.Role.RoleArn, Description = "The role by which the delivery verifies the environment" });
    }

    /// <summary>The ARN of the role, for the delivery's steps.</summary>
    public CfnOutput RoleArn { get; }
}

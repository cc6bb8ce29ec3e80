using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Stacks;

namespace PipelineStacks.Delivery;

/// <summary>What <see cref="VerificationRole"/> is made for.</summary>
public sealed record VerificationRoleProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The account in which the delivery runs.</summary>
    public required string DeliveryAccount { get; init; }

    /// <summary>Whether it may send records, and delete what it sent.</summary>
    public required bool TestData { get; init; }

    /// <summary>What replicates; null where nothing does.</summary>
    public ReplicationMode? Replication { get; init; }

    /// <summary>Where devices publish.</summary>
    public required IReadOnlyList<TopicSource> Topics { get; init; }

    /// <summary>The zones.</summary>
    public required StorageStack Storage { get; init; }
}

/// <summary>What the delivery acts as in an environment beside deploying: to start its replication, and to verify it.</summary>
public sealed class VerificationRole : Construct
{
    /// <summary>Creates the role.</summary>
    public VerificationRole(Construct scope, string id, VerificationRoleProps props)
        : base(scope, id)
    {
        var (names, partition) = (new Names(props.Settings.Name), Stack.Of(this).Partition);
        Role = new Role(this, "Role", new RoleProps
        {
            RoleName = names.VerificationRole,
            Description = $"Lets the delivery start the replication of {props.Settings.Name} and verify its data",
            // The account is named and not the role, which may come into being later; the condition leaves only the role.
            AssumedBy = new AccountPrincipal(props.DeliveryAccount).WithConditions(new Dictionary<string, object>
            {
                ["ArnEquals"] = new Dictionary<string, object> { ["aws:PrincipalArn"] = $"arn:{partition}:iam::{props.DeliveryAccount}:role/{names.DeliveryStepRole}" },
            }),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Verify"] = new(new PolicyDocumentProps { Statements = new VerificationAccess(props, Stack.Of(this)).Statements }),
            },
        });
    }

    /// <summary>The role itself.</summary>
    public Role Role { get; }
}

using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.DMS;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Network;
using PipelineStacks.Storage;

namespace PipelineStacks.Replication;

/// <summary>What <see cref="DatabaseReplication"/> connects.</summary>
public sealed record DatabaseReplicationProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The tables to replicate.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Where it runs.</summary>
    public required DatabaseNetwork Network { get; init; }

    /// <summary>The database.</summary>
    public required ReplicationSource Source { get; init; }

    /// <summary>The landing zone.</summary>
    public required ReplicationTarget Target { get; init; }

    /// <summary>What encrypts what waits on the instance.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>
/// A full load of the tables and then all of their changes, by an instance with a task or serverless. CloudFormation never starts either, and
/// can't change a task that runs: the command-line interface starts it after the deployment and stops it before the next.
/// </summary>
public sealed class DatabaseReplication : Construct
{
    private const string Kind = "full-load-and-cdc";

    /// <summary>Creates the task, or its serverless counterpart.</summary>
    public DatabaseReplication(Construct scope, string id, DatabaseReplicationProps props)
        : base(scope, id)
    {
        var subnets = new CfnReplicationSubnetGroup(this, "Subnets", new CfnReplicationSubnetGroupProps
        {
            ReplicationSubnetGroupIdentifier = Identifier(props, "replication"),
            ReplicationSubnetGroupDescription = "The isolated subnets",
            SubnetIds = props.Network.SubnetIds,
        });
        if (props.Settings.Replication.Mode == ReplicationMode.Serverless)
        {
            TaskArn = Serverless(props, subnets).Ref;
            return;
        }
        var instance = Instance(props, subnets);
        var task = Task(props, instance);
        InstanceArn = instance.Ref;
        TaskArn = task.Ref;
        TaskIdentifier = task.ReplicationTaskIdentifier;
        InstanceIdentifier = instance.ReplicationInstanceIdentifier;
        Parts = [instance, task];
    }

    /// <summary>The ARN of the task, or of the serverless configuration.</summary>
    public string TaskArn { get; }

    /// <summary>The ARN of the instance; null where there is none.</summary>
    public string? InstanceArn { get; }

    /// <summary>The identifier of the task, by which events name it; null where there is none.</summary>
    public string? TaskIdentifier { get; }

    /// <summary>The identifier of the instance; null where there is none.</summary>
    public string? InstanceIdentifier { get; }

    /// <summary>The instance and the task, for those who must come after them.</summary>
    internal IReadOnlyList<CfnResource> Parts { get; } = [];

    private CfnReplicationInstance Instance(DatabaseReplicationProps props, CfnReplicationSubnetGroup subnets)
    {
        var replication = props.Settings.Replication;
        return new CfnReplicationInstance(this, "Instance", new CfnReplicationInstanceProps
        {
            ReplicationInstanceIdentifier = Identifier(props, "replication"),
            // It ends the instance's ARN, and so makes that the same in every deployment.
            ResourceIdentifier = Identifier(props, "replication"),
            EngineVersion = replication.EngineVersion,
            AllowMajorVersionUpgrade = false,
            AutoMinorVersionUpgrade = true,
            ReplicationInstanceClass = replication.InstanceClass,
            AllocatedStorage = replication.StorageGigabytes,
            MultiAz = IsDoubled(props),
            // The default is true.
            PubliclyAccessible = false,
            ReplicationSubnetGroupIdentifier = subnets.Ref,
            VpcSecurityGroupIds = [props.Network.Clients.SecurityGroupId],
            KmsKeyId = props.Key.Key.KeyArn,
        });
    }

    private CfnReplicationTask Task(DatabaseReplicationProps props, CfnReplicationInstance instance) => new(this, "Task", new CfnReplicationTaskProps
    {
        ReplicationTaskIdentifier = Identifier(props, "task"),
        // It ends the task's ARN, by which its metrics are called.
        ResourceIdentifier = Identifier(props, "task"),
        MigrationType = Kind,
        ReplicationInstanceArn = instance.Ref,
        SourceEndpointArn = props.Source.Arn,
        TargetEndpointArn = props.Target.Arn,
        TableMappings = ReplicationFormat.TableMappings(props.Datasets),
        ReplicationTaskSettings = TaskSettings.Of(props.Settings.Replication),
    });

    private CfnReplicationConfig Serverless(DatabaseReplicationProps props, CfnReplicationSubnetGroup subnets) => new(this, "Serverless", new CfnReplicationConfigProps
    {
        ReplicationConfigIdentifier = Identifier(props, "replication"),
        ResourceIdentifier = Identifier(props, "replication"),
        ReplicationType = Kind,
        SourceEndpointArn = props.Source.Arn,
        TargetEndpointArn = props.Target.Arn,
        TableMappings = Plain(ReplicationFormat.TableMappings(props.Datasets)),
        ReplicationSettings = Plain(TaskSettings.Of(props.Settings.Replication)),
        ComputeConfig = new CfnReplicationConfig.ComputeConfigProperty
        {
            MaxCapacityUnits = props.Settings.Replication.MaximumCapacityUnits,
            MultiAz = IsDoubled(props),
            ReplicationSubnetGroupId = subnets.Ref,
            VpcSecurityGroupIds = [props.Network.Clients.SecurityGroupId],
            KmsKeyId = props.Key.Key.KeyArn,
        },
    });

    private static bool IsDoubled(DatabaseReplicationProps props) => props.Settings.Replication.MultiAz ?? props.Settings.IsProduction;

    private static string Identifier(DatabaseReplicationProps props, string part) => new Names(props.Settings.Name).Replication(part);

    // Serverless takes as objects what a task takes as texts.
    private static object Plain(string json) => Plain(JsonDocument.Parse(json).RootElement);

    private static object Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(member => member.Name, member => Plain(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        _ => json.GetString()!,
    };
}

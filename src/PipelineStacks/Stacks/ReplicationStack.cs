using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Replication;
using PipelineStacks.SourceDatabase;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="ReplicationStack"/> connects.</summary>
public sealed record ReplicationStackProps
{
    /// <summary>The tables to replicate, all of one pipeline.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Where the rows go.</summary>
    public required StorageStack Storage { get; init; }

    /// <summary>Where it runs.</summary>
    public required NetworkStack Network { get; init; }

    /// <summary>DMS's user in the database.</summary>
    public required Credentials Credentials { get; init; }
}

/// <summary>The replication of the database into the landing zone.</summary>
public sealed class ReplicationStack : EnvironmentStack
{
    /// <summary>Creates the replication of an environment.</summary>
    public ReplicationStack(Construct scope, EnvironmentSettings settings, ReplicationStackProps props)
        : base(scope, "Replication", new Names(settings.Name).ReplicationStack, "The replication of the database into the landing zone", settings)
    {
        var source = new ReplicationSource(this, "Source", new ReplicationSourceProps { Settings = settings, Credentials = props.Credentials });
        var target = new ReplicationTarget(this, "Target", new ReplicationTargetProps
        {
            Settings = settings,
            Pipeline = props.Datasets[0].Pipeline,
            Zone = props.Storage.Landing,
            Key = props.Storage.Key,
        });
        Replication = new DatabaseReplication(this, "Replication", new DatabaseReplicationProps
        {
            Settings = settings,
            Datasets = props.Datasets,
            Network = props.Network.Network,
            Source = source,
            Target = target,
            Key = props.Storage.Key,
        });
        Output(Names.SourceEndpointOutput, source.Arn, "DMS's endpoint at the database");
        Output(Names.TargetEndpointOutput, target.Arn, "DMS's endpoint at the landing zone");
        Output(Names.ReplicationTaskOutput, Replication.TaskArn, "The replication task, which has to be started");
        if (Replication.InstanceArn is { } instance)
        {
            Output(Names.ReplicationInstanceOutput, instance, "The replication instance");
            var events = new ReplicationEvents(this, "Events", new ReplicationEventsProps { Settings = settings, Replication = Replication });
            Output(Names.ReplicationEventsOutput, events.TopicArn, "The topic that hears of failures");
        }
    }

    /// <summary>The replication itself.</summary>
    public DatabaseReplication Replication { get; }
}

using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>An endpoint with what only its connections see.</summary>
internal sealed record EndpointState(Endpoint Endpoint, string? Password, string? SettingsPassword);

/// <summary>DMS's resources. They are kept by ARN, except those that have a name only.</summary>
internal sealed class DmsState(StateStore store)
{
    public StateCollection<ReplicationInstance> Instances { get; } = store.Open<ReplicationInstance>("dms", "instances");

    public StateCollection<ReplicationSubnetGroup> SubnetGroups { get; } = store.Open<ReplicationSubnetGroup>("dms", "subnet-groups");

    public StateCollection<EndpointState> Endpoints { get; } = store.Open<EndpointState>("dms", "endpoints");

    public StateCollection<Connection> Connections { get; } = store.Open<Connection>("dms", "connections");

    public StateCollection<Certificate> Certificates { get; } = store.Open<Certificate>("dms", "certificates");

    public StateCollection<ReplicationTask> Tasks { get; } = store.Open<ReplicationTask>("dms", "tasks");

    public StateCollection<ReplicationConfig> ReplicationConfigs { get; } = store.Open<ReplicationConfig>("dms", "replication-configs");

    /// <summary>What serverless configurations run, by their ARN: tasks that have no instance.</summary>
    public StateCollection<ReplicationTask> Replications { get; } = store.Open<ReplicationTask>("dms", "replications");

    /// <summary>All that replicates or could, with an instance or without.</summary>
    public IEnumerable<ReplicationTask> Runs => Tasks.All.Concat(Replications.All).Select(one => one.Value);

    public StateCollection<EventSubscription> Subscriptions { get; } = store.Open<EventSubscription>("dms", "event-subscriptions");

    public StateCollection<IReadOnlyList<Tag>> Tags { get; } = store.Open<IReadOnlyList<Tag>>("dms", "tags");

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    /// <summary>The key of what has an ARN, in whatever Region the caller is.</summary>
    public static ResourceKey KeyOf(string arn)
    {
        var parts = arn.Split(':');
        return parts is ["arn", _, "dms", var region, var account, ..] ? new(account, region, arn) : new("", "", arn);
    }

    /// <summary>Where the task of an ARN is kept.</summary>
    public StateCollection<ReplicationTask> RunsOf(string arn) => arn.Contains(":replication-config:", StringComparison.Ordinal) ? Replications : Tasks;

    /// <summary>The last segment of a new ARN: chosen, or as the service makes it.</summary>
    public static string NewId(string? chosen)
    {
        if (chosen is { Length: > 31 })
            throw DmsErrors.Value($"The ResourceIdentifier {chosen} is longer than 31 characters.");
        return chosen ?? RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 26);
    }
}

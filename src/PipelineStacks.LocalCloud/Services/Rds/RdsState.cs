using System.Collections.Immutable;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Rds;

internal static class InstanceStatus
{
    public const string Creating = "creating";
    public const string Available = "available";
    public const string Stopped = "stopped";
    public const string Failed = "failed";
}

/// <summary>A database instance as it is kept. Its data lies in a folder of its own, its master password in the server alone.</summary>
internal sealed record InstanceState
{
    public required string Id { get; init; }
    public required string Arn { get; init; }
    public required string ResourceId { get; init; }
    public required string Status { get; init; }
    public required string Engine { get; init; }
    public required string EngineVersion { get; init; }
    public required string MasterUsername { get; init; }
    public string? DatabaseName { get; init; }

    /// <summary>The secret in which RDS keeps the master password; null where the customer knows it.</summary>
    public string? MasterSecretArn { get; init; }

    /// <summary>The key that the secret was asked to be encrypted by.</summary>
    public string? MasterSecretKey { get; init; }

    /// <summary>Closed files of the binary log, in order, and when they were first seen to be closed.</summary>
    public IReadOnlyList<ClosedBinlog> ClosedBinlogs { get; init; } = [];

    public required int Port { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required int BackupRetentionPeriod { get; init; }
    public required bool DeletionProtection { get; init; }
    public required string ParameterGroup { get; init; }

    /// <summary><c>in-sync</c>, or <c>pending-reboot</c> while a changed parameter waits for the next start.</summary>
    public string ParameterStatus { get; init; } = "in-sync";

    public string? SubnetGroup { get; init; }
    public required IReadOnlyList<string> SecurityGroups { get; init; }
    public required InstanceSettings Settings { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }

    public ResourceKey Key => Arn.Split(':') is var parts ? new(parts[4], parts[3], Id) : default;
}

internal sealed record ClosedBinlog(string File, DateTimeOffset Since);

/// <summary>What is shown and has no local effect.</summary>
internal sealed record InstanceSettings(
    string Class, int AllocatedStorage, string StorageType, bool StorageEncrypted, string? KmsKeyId, bool MultiAZ, bool PubliclyAccessible,
    bool CopyTagsToSnapshot, bool AutoMinorVersionUpgrade);

internal sealed record ParameterGroupState(
    string Name, string Arn, string Family, string Description, ImmutableSortedDictionary<string, string> Parameters, IReadOnlyList<Tag> Tags);

internal sealed record SubnetGroupState(string Name, string Arn, string Description, string VpcId, IReadOnlyList<SubnetOfGroup> Subnets, IReadOnlyList<Tag> Tags);

internal sealed record SubnetOfGroup(string Id, string Zone);

internal sealed record SnapshotState(string Id, string Arn, string InstanceId, string Engine, string EngineVersion, string MasterUsername, int Port, int AllocatedStorage, DateTimeOffset Created);

internal sealed class RdsState(StateStore store)
{
    public StateCollection<InstanceState> Instances { get; } = store.Open<InstanceState>("rds", "instances");
    public StateCollection<ParameterGroupState> ParameterGroups { get; } = store.Open<ParameterGroupState>("rds", "parameter-groups");
    public StateCollection<SubnetGroupState> SubnetGroups { get; } = store.Open<SubnetGroupState>("rds", "subnet-groups");
    public StateCollection<SnapshotState> Snapshots { get; } = store.Open<SnapshotState>("rds", "snapshots");

    // RDS keeps all names in lower case.
    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name.ToLowerInvariant());

    /// <summary>The instance, for a call that may do the action with it.</summary>
    public InstanceState Instance(Call call, string action, string id)
    {
        var name = id.StartsWith("arn:", StringComparison.Ordinal) ? id[(id.LastIndexOf(':') + 1)..] : id;
        call.Authorize("rds:" + action, call.Arn("rds", $"db:{name.ToLowerInvariant()}"));
        return Instances.TryGet(Key(call, name), out var instance)
            ? instance
            : throw new ServiceException("DBInstanceNotFound", $"DBInstance {name} not found.", 404);
    }
}

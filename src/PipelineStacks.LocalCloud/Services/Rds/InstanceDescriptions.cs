using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Rds.Contracts;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>Describes instances and the snapshots that are left of them.</summary>
internal sealed class InstanceDescriptions(RdsState state, InstanceServers servers)
{
    // The zone of eu-west-1's endpoints; nothing resolves names in it here.
    public const string HostedZoneId = "Z29XKXDKYMONMX";

    public DescribeDBInstancesResponse Instances(Call call, DescribeDBInstancesRequest request)
    {
        call.Authorize("rds:DescribeDBInstances", "*");
        var all = request.DBInstanceIdentifier is { } id ? [state.Instance(call, "DescribeDBInstances", id)] : state.Instances.In(call.Account, call.Region);
        var page = Page<InstanceState>.Of(all, request.Marker, request.MaxRecords ?? 100, "InvalidParameterValue");
        return new([.. page.Items.Select(instance => Describe(call, instance))], page.Next);
    }

    public DBInstance Describe(Call call, InstanceState instance) => new()
    {
        DBInstanceIdentifier = instance.Id,
        DBInstanceArn = instance.Arn,
        DbiResourceId = instance.ResourceId,
        DBInstanceStatus = instance.Status,
        DBInstanceClass = instance.Settings.Class,
        Engine = instance.Engine,
        EngineVersion = instance.EngineVersion,
        MasterUsername = instance.MasterUsername,
        MasterUserSecret = instance.MasterSecretArn is { } secret ? new(secret, "active", instance.MasterSecretKey) : null,
        DBName = instance.DatabaseName,
        Endpoint = new(servers.Host, instance.Port, HostedZoneId),
        InstanceCreateTime = instance.Created,
        AllocatedStorage = instance.Settings.AllocatedStorage,
        StorageType = instance.Settings.StorageType,
        StorageEncrypted = instance.Settings.StorageEncrypted,
        KmsKeyId = instance.Settings.KmsKeyId,
        BackupRetentionPeriod = instance.BackupRetentionPeriod,
        DeletionProtection = instance.DeletionProtection,
        MultiAZ = instance.Settings.MultiAZ,
        PubliclyAccessible = instance.Settings.PubliclyAccessible,
        CopyTagsToSnapshot = instance.Settings.CopyTagsToSnapshot,
        AutoMinorVersionUpgrade = instance.Settings.AutoMinorVersionUpgrade,
        DBParameterGroups = [new(instance.ParameterGroup, instance.ParameterStatus)],
        VpcSecurityGroups = [.. instance.SecurityGroups.Select(id => new VpcSecurityGroupMembership(id, "active"))],
        DBSubnetGroup = instance.SubnetGroup is { } name && state.SubnetGroups.TryGet(RdsState.Key(call, name), out var group) ? SubnetGroups.Describe(group) : null,
        TagList = instance.Tags,
    };

    public DescribeDBSnapshotsResponse Snapshots(Call call, DescribeDBSnapshotsRequest request)
    {
        call.Authorize("rds:DescribeDBSnapshots", "*");
        var all = request.DBSnapshotIdentifier is { } id ? [Snapshot(call, "DescribeDBSnapshots", id)] : state.Snapshots.In(call.Account, call.Region);
        var page = Page<SnapshotState>.Of(all.Where(one => (request.DBInstanceIdentifier ?? one.InstanceId) == one.InstanceId && (request.SnapshotType ?? "manual") == "manual"),
            request.Marker, request.MaxRecords ?? 100, "InvalidParameterValue");
        return new([.. page.Items.Select(Describe)], page.Next);
    }

    public DBSnapshotResponse DeleteSnapshot(Call call, DBSnapshotRequest request)
    {
        var snapshot = Snapshot(call, "DeleteDBSnapshot", request.DBSnapshotIdentifier);
        Directory.Delete(servers.SnapshotFolder(RdsState.Key(call, snapshot.Id)), recursive: true);
        state.Snapshots.Remove(RdsState.Key(call, snapshot.Id));
        return new(Describe(snapshot));
    }

    public ListTagsForResourceResponse Tags(Call call, ListTagsForResourceRequest request)
    {
        call.Authorize("rds:ListTagsForResource", request.ResourceName);
        var name = request.ResourceName[(request.ResourceName.LastIndexOf(':') + 1)..];
        return request.ResourceName.Contains(":db:", StringComparison.Ordinal)
            ? new(state.Instance(call, "ListTagsForResource", name).Tags)
            : throw ServiceException.Unsupported($"ListTagsForResource of {request.ResourceName}");
    }

    private SnapshotState Snapshot(Call call, string action, string id)
    {
        call.Authorize("rds:" + action, call.Arn("rds", $"snapshot:{id.ToLowerInvariant()}"));
        return state.Snapshots.TryGet(RdsState.Key(call, id), out var snapshot)
            ? snapshot
            : throw new ServiceException("DBSnapshotNotFound", $"DBSnapshot {id} not found.", 404);
    }

    private static DBSnapshot Describe(SnapshotState one) => new(one.Id, one.Arn, one.InstanceId, one.Engine, one.EngineVersion, one.MasterUsername, one.Port,
        one.AllocatedStorage, one.Created, "available", "manual");
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>Replication instances: here, the name under which tasks run and are measured.</summary>
internal sealed class Instances(DmsState state, SubnetGroups groups, Tags tags, TimeProvider time)
{
    private const string DefaultVersion = "3.6.1";
    private static readonly string[] Versions = ["3.5.4", "3.6.1"];

    private static readonly string[] Classes =
    [
        .. new[] { "t3.micro", "t3.small", "t3.medium", "t3.large" },
        .. new[] { "c5", "c6i", "r5", "r6i" }.SelectMany(family => new[] { "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge" }
            .Select(size => $"{family}.{size}")),
    ];

    public ReplicationInstanceResponse Create(Call call, CreateReplicationInstanceRequest request)
    {
        var name = (request.ReplicationInstanceIdentifier ?? throw DmsErrors.Value("ReplicationInstanceIdentifier is required.")).ToLowerInvariant();
        var arn = call.Arn("dms", $"rep:{DmsState.NewId(request.ResourceIdentifier)}");
        call.Authorize("dms:CreateReplicationInstance", arn);
        groups.CheckRole(call);
        if (request is { MultiAZ: true, AvailabilityZone: not null })
            throw DmsErrors.Combination("The AvailabilityZone parameter can't be set if the MultiAZ parameter is set to true.");
        if (state.Instances.In(call.Account, call.Region).Any(one => one.ReplicationInstanceIdentifier == name))
            throw DmsErrors.Exists("ReplicationInstance", name);
        var instance = new ReplicationInstance
        {
            ReplicationInstanceIdentifier = name,
            ReplicationInstanceArn = arn,
            ReplicationInstanceClass = CheckClass(request.ReplicationInstanceClass),
            AllocatedStorage = CheckStorage(request.AllocatedStorage ?? 50),
            InstanceCreateTime = time.GetUtcNow(),
            VpcSecurityGroups = Memberships(request.VpcSecurityGroupIds),
            AvailabilityZone = request.MultiAZ == true ? null : request.AvailabilityZone ?? $"{call.Region}a",
            ReplicationSubnetGroup = request.ReplicationSubnetGroupIdentifier is { } group ? groups.Get(call, group) : null,
            PreferredMaintenanceWindow = request.PreferredMaintenanceWindow ?? "sun:06:00-sun:14:00",
            MultiAZ = request.MultiAZ == true,
            EngineVersion = CheckVersion(request.EngineVersion ?? DefaultVersion),
            AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? true,
            KmsKeyId = request.KmsKeyId,
            PubliclyAccessible = request.PubliclyAccessible ?? true,
            NetworkType = request.NetworkType ?? "IPV4",
        };
        state.Instances.Put(DmsState.KeyOf(arn), instance);
        tags.Set(arn, request.Tags);
        return new(instance with { ReplicationInstanceStatus = "creating" });
    }

    public ReplicationInstanceResponse Modify(Call call, ModifyReplicationInstanceRequest request)
    {
        call.Authorize("dms:ModifyReplicationInstance", request.ReplicationInstanceArn);
        var before = Get(request.ReplicationInstanceArn);
        if (request.AllocatedStorage < before.AllocatedStorage)
            throw DmsErrors.Value("The allocated storage of a replication instance can't be reduced.");
        var after = before with
        {
            ReplicationInstanceIdentifier = request.ReplicationInstanceIdentifier?.ToLowerInvariant() ?? before.ReplicationInstanceIdentifier,
            ReplicationInstanceClass = CheckClass(request.ReplicationInstanceClass ?? before.ReplicationInstanceClass),
            AllocatedStorage = CheckStorage(request.AllocatedStorage ?? before.AllocatedStorage),
            VpcSecurityGroups = request.VpcSecurityGroupIds is { } groupIds ? Memberships(groupIds) : before.VpcSecurityGroups,
            PreferredMaintenanceWindow = request.PreferredMaintenanceWindow ?? before.PreferredMaintenanceWindow,
            MultiAZ = request.MultiAZ ?? before.MultiAZ,
            EngineVersion = CheckVersion(request.EngineVersion ?? before.EngineVersion),
            AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? before.AutoMinorVersionUpgrade,
            NetworkType = request.NetworkType ?? before.NetworkType,
        };
        state.Instances.Put(DmsState.KeyOf(after.ReplicationInstanceArn), after);
        return new(after);
    }

    public ReplicationInstanceResponse Delete(Call call, DeleteReplicationInstanceRequest request)
    {
        call.Authorize("dms:DeleteReplicationInstance", request.ReplicationInstanceArn);
        var instance = Get(request.ReplicationInstanceArn);
        if (state.Tasks.All.Any(task => task.Value.ReplicationInstanceArn == instance.ReplicationInstanceArn))
            throw DmsErrors.State($"Replication instance {instance.ReplicationInstanceIdentifier} has replication tasks; delete them first.");
        state.Instances.Remove(DmsState.KeyOf(instance.ReplicationInstanceArn));
        foreach (var connection in state.Connections.All.Where(one => one.Value.ReplicationInstanceArn == instance.ReplicationInstanceArn).ToList())
            state.Connections.Remove(connection.Key);
        tags.Set(instance.ReplicationInstanceArn, null);
        return new(instance with { ReplicationInstanceStatus = "deleting" });
    }

    public DescribeReplicationInstancesResponse Describe(Call call, DescribeRequest request)
    {
        call.Authorize("dms:DescribeReplicationInstances", "*");
        var page = Filtering.Page(state.Instances.In(call.Account, call.Region), request, (instance, name) => name switch
        {
            "replication-instance-arn" => instance.ReplicationInstanceArn,
            "replication-instance-id" => instance.ReplicationInstanceIdentifier,
            "replication-instance-class" => instance.ReplicationInstanceClass,
            "engine-version" => instance.EngineVersion,
            _ => null,
        });
        return new(page.Items, page.Next);
    }

    public static DescribeOrderableReplicationInstancesResponse DescribeOrderable(Call call, DescribeRequest request)
    {
        call.Authorize("dms:DescribeOrderableReplicationInstances", "*");
        var all = Versions.SelectMany(version => Classes.Select(name => new OrderableReplicationInstance(
            version, $"dms.{name}", "gp2", 5, 6144, 50, 50, [$"{call.Region}a", $"{call.Region}b", $"{call.Region}c"])));
        var page = Filtering.Page(all, request, (_, _) => null);
        return new(page.Items, page.Next);
    }

    public ReplicationInstance Get(string arn) =>
        state.Instances.TryGet(DmsState.KeyOf(arn), out var instance) ? instance : throw DmsErrors.NotFound("Replication Instance", arn);

    private static string CheckClass(string? name) => name is not null && name.StartsWith("dms.", StringComparison.Ordinal) && Classes.Contains(name[4..])
        ? name
        : throw DmsErrors.Value($"Replication instance class {name} is not valid.");

    private static string CheckVersion(string version) => Versions.Contains(version) ? version : throw DmsErrors.Value($"No replication engine found with version: {version}");

    private static int CheckStorage(int size) => size is >= 5 and <= 6144 ? size : throw DmsErrors.Value($"The allocated storage {size} is not between 5 and 6144 GB.");

    private static IReadOnlyList<VpcSecurityGroupMembership> Memberships(IReadOnlyList<string>? groups) => [.. (groups ?? []).Select(id => new VpcSecurityGroupMembership(id, "active"))];
}

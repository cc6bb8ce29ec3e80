using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-replicationinstance.html"/></summary>
internal sealed record InstanceProperties
{
    [NoLocalEffect("This machine's disk is the instance's; the size is checked and described.")]
    public int? AllocatedStorage { get; init; }

    [NoLocalEffect("There is no engine to upgrade.")]
    public bool? AllowMajorVersionUpgrade { get; init; }

    [NoLocalEffect("There is no engine to upgrade.")]
    public bool? AutoMinorVersionUpgrade { get; init; }

    [CreateOnly]
    public string? AvailabilityZone { get; init; }

    [NoLocalEffect("There is no engine; the version is checked and described.")]
    public string? EngineVersion { get; init; }

    [CreateOnly]
    [NoLocalEffect("What is on its way lies unencrypted on this machine's disk.")]
    public string? KmsKeyId { get; init; }

    [NoLocalEffect("There is one machine.")]
    public bool? MultiAZ { get; init; }

    [NoLocalEffect("Only the loopback address is used.")]
    public string? NetworkType { get; init; }

    [NoLocalEffect("There is no maintenance.")]
    public string? PreferredMaintenanceWindow { get; init; }

    [CreateOnly]
    [NoLocalEffect("Only the loopback address is used.")]
    public bool? PubliclyAccessible { get; init; }

    [NoLocalEffect("Tasks are as fast as this machine; the class is checked and described.")]
    public required string ReplicationInstanceClass { get; init; }

    public string? ReplicationInstanceIdentifier { get; init; }

    [CreateOnly]
    public string? ReplicationSubnetGroupIdentifier { get; init; }

    [CreateOnly]
    public string? ResourceIdentifier { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    [NoLocalEffect("Only the loopback address is used.")]
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }
}

internal sealed class InstanceProvisioner(Instances instances, Tags tags, DmsState state) : Provisioner<InstanceProperties>("AWS::DMS::ReplicationInstance")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, InstanceProperties properties)
    {
        var created = instances.Create(context.Call, new()
        {
            AllocatedStorage = properties.AllocatedStorage,
            AutoMinorVersionUpgrade = properties.AutoMinorVersionUpgrade,
            AvailabilityZone = properties.AvailabilityZone,
            EngineVersion = properties.EngineVersion,
            KmsKeyId = properties.KmsKeyId,
            MultiAZ = properties.MultiAZ,
            NetworkType = properties.NetworkType,
            PreferredMaintenanceWindow = properties.PreferredMaintenanceWindow,
            PubliclyAccessible = properties.PubliclyAccessible,
            ReplicationInstanceClass = properties.ReplicationInstanceClass,
            ReplicationInstanceIdentifier = properties.ReplicationInstanceIdentifier ?? context.NewName(63, lowerCase: true),
            ReplicationSubnetGroupIdentifier = properties.ReplicationSubnetGroupIdentifier,
            ResourceIdentifier = properties.ResourceIdentifier,
            VpcSecurityGroupIds = properties.VpcSecurityGroupIds,
            Tags = properties.Tags,
        });
        return ValueTask.FromResult(Describe(created.ReplicationInstance));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, InstanceProperties before, InstanceProperties after)
    {
        var modified = instances.Modify(context.Call, new()
        {
            ReplicationInstanceArn = physicalId,
            ApplyImmediately = true,
            AllocatedStorage = after.AllocatedStorage,
            AutoMinorVersionUpgrade = after.AutoMinorVersionUpgrade,
            EngineVersion = after.EngineVersion,
            MultiAZ = after.MultiAZ,
            NetworkType = after.NetworkType,
            PreferredMaintenanceWindow = after.PreferredMaintenanceWindow,
            ReplicationInstanceClass = after.ReplicationInstanceClass,
            ReplicationInstanceIdentifier = after.ReplicationInstanceIdentifier,
            VpcSecurityGroupIds = after.VpcSecurityGroupIds,
        });
        tags.Set(physicalId, after.Tags);
        return ValueTask.FromResult(Describe(modified.ReplicationInstance));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, InstanceProperties properties)
    {
        if (state.Instances.TryGet(DmsState.KeyOf(physicalId), out _))
            instances.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(ReplicationInstance instance) => new(instance.ReplicationInstanceArn,
        ("ReplicationInstancePrivateIpAddresses", new JsonArray([.. instance.ReplicationInstancePrivateIpAddresses.Select(address => JsonValue.Create(address))])),
        ("ReplicationInstancePublicIpAddresses", new JsonArray()));
}

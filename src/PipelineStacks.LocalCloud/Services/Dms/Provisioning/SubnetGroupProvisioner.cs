using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Dms.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-replicationsubnetgroup.html"/></summary>
internal sealed record SubnetGroupProperties
{
    [CreateOnly]
    public string? ReplicationSubnetGroupIdentifier { get; init; }

    public required string ReplicationSubnetGroupDescription { get; init; }

    [NoLocalEffect("Replication runs on this machine; the subnets are stored and described.")]
    public required IReadOnlyList<string> SubnetIds { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary>Provisions subnet groups. As on AWS, the account's dms-vpc-role must be there first.</summary>
internal sealed class SubnetGroupProvisioner(SubnetGroups groups, Tags tags, DmsState state) : Provisioner<SubnetGroupProperties>("AWS::DMS::ReplicationSubnetGroup")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SubnetGroupProperties properties)
    {
        var created = groups.Create(context.Call, new(properties.ReplicationSubnetGroupIdentifier ?? context.NewName(255, lowerCase: true),
            properties.ReplicationSubnetGroupDescription, properties.SubnetIds, properties.Tags));
        return ValueTask.FromResult(new Provisioned(created.ReplicationSubnetGroup.ReplicationSubnetGroupIdentifier));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, SubnetGroupProperties before, SubnetGroupProperties after)
    {
        groups.Modify(context.Call, new(physicalId, after.SubnetIds, after.ReplicationSubnetGroupDescription));
        tags.Set(SubnetGroups.ArnOf(context.Call, physicalId), after.Tags);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SubnetGroupProperties properties)
    {
        if (state.SubnetGroups.TryGet(new ResourceKey(context.Call.Account, context.Call.Region, physicalId), out _))
            groups.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }
}

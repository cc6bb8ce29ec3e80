using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Ec2;
using PipelineStacks.LocalCloud.Services.Rds.Contracts;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>Subnet groups: where in a VPC instances may be, over two zones at least.</summary>
internal sealed class SubnetGroups(RdsState state, Ec2State network)
{
    public SubnetGroupState Put(Call call, string name, string description, IReadOnlyList<string> subnetIds, IReadOnlyList<Tag> tags, bool isNew)
    {
        var arn = call.Arn("rds", $"subgrp:{name.ToLowerInvariant()}");
        call.Authorize(isNew ? "rds:CreateDBSubnetGroup" : "rds:ModifyDBSubnetGroup", arn);
        var subnets = subnetIds.Select(id => network.Subnets.TryGet(Ec2State.Key(call, id), out var subnet)
            ? subnet
            : throw new ServiceException("InvalidSubnet", $"The subnet ID '{id}' does not exist")).ToList();
        if (subnets.DistinctBy(subnet => subnet.Zone).Count() < 2)
            throw new ServiceException("DBSubnetGroupDoesNotCoverEnoughAZs",
                $"The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: {string.Join(", ", subnets.Select(subnet => subnet.Zone).Distinct())}. Add subnets to cover at least 2 AZs.");
        if (subnets.DistinctBy(subnet => subnet.VpcId).Count() > 1)
            throw new ServiceException("InvalidSubnet", "The subnets of a DB subnet group belong to one VPC.");
        var group = new SubnetGroupState(name.ToLowerInvariant(), arn, description, subnets[0].VpcId, [.. subnets.Select(one => new SubnetOfGroup(one.Id, one.Zone))], tags);
        if (!isNew)
            state.SubnetGroups.Put(RdsState.Key(call, name), group);
        else if (!state.SubnetGroups.TryAdd(RdsState.Key(call, name), group))
            throw new ServiceException("DBSubnetGroupAlreadyExists", $"The DB subnet group '{name}' already exists.");
        return group;
    }

    public void Delete(Call call, string name)
    {
        var group = Find(call, "DeleteDBSubnetGroup", name);
        if (state.Instances.In(call.Account, call.Region).FirstOrDefault(one => one.SubnetGroup == group.Name) is { } user)
            throw new ServiceException("InvalidDBSubnetGroupStateFault", $"Cannot delete the subnet group '{name}' because at least one database instance: {user.Id} is still using it.");
        state.SubnetGroups.Remove(RdsState.Key(call, name));
    }

    public SubnetGroupState Find(Call call, string action, string name)
    {
        call.Authorize("rds:" + action, call.Arn("rds", $"subgrp:{name.ToLowerInvariant()}"));
        return state.SubnetGroups.TryGet(RdsState.Key(call, name), out var group)
            ? group
            : throw new ServiceException("DBSubnetGroupNotFoundFault", $"DB subnet group '{name}' does not exist.", 404);
    }

    public DescribeDBSubnetGroupsResponse Describe(Call call, DescribeDBSubnetGroupsRequest request)
    {
        call.Authorize("rds:DescribeDBSubnetGroups", "*");
        var groups = request.DBSubnetGroupName is { } name ? [Find(call, "DescribeDBSubnetGroups", name)] : state.SubnetGroups.In(call.Account, call.Region);
        var page = Page<SubnetGroupState>.Of(groups, request.Marker, request.MaxRecords ?? 100, "InvalidParameterValue");
        return new([.. page.Items.Select(Describe)], page.Next);
    }

    public static DBSubnetGroup Describe(SubnetGroupState group) => new(group.Name, group.Description, group.VpcId, "Complete",
        [.. group.Subnets.Select(one => new DBSubnet(one.Id, new(one.Zone), "Active"))], group.Arn);
}

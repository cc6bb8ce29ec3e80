using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>Subnets: parts of their VPC that don't overlap.</summary>
internal sealed class Subnets(Ec2State state)
{
    // EC2 keeps the first four addresses and the last one of every subnet.
    public const int ReservedAddresses = 5;

    private readonly Lock _creating = new();

    public SubnetState Create(Call call, string vpcId, string cidrBlock, string? zone, bool mapPublicIp, IReadOnlyList<Tag> tags)
    {
        var vpc = state.Vpc(call, "CreateSubnet", vpcId);
        if (Cidr.Parse(cidrBlock) is not { Prefix: >= 16 and <= 28 } block || !Cidr.Parse(vpc.CidrBlock)!.Value.Contains(block))
            throw new ServiceException("InvalidSubnet.Range", $"The CIDR '{cidrBlock}' is invalid.");
        var zones = Ec2State.Zones(call.Region).Select(one => one.Name).ToList();
        if (zone is not null && !zones.Contains(zone))
            throw new ServiceException("InvalidParameterValue",
                $"Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: {string.Join(", ", zones)}.");
        lock (_creating)
        {
            if (state.Subnets.In(call.Account, call.Region).Any(other => other.VpcId == vpcId && Cidr.Parse(other.CidrBlock)!.Value.Overlaps(block)))
                throw new ServiceException("InvalidSubnet.Conflict", $"The CIDR '{cidrBlock}' conflicts with another subnet");
            var subnet = new SubnetState(Ec2State.NewId("subnet"), vpcId, block.ToString(), zone ?? zones[0], mapPublicIp, tags);
            state.Subnets.Put(Ec2State.Key(call, subnet.Id), subnet);
            return subnet;
        }
    }

    public void Delete(Call call, string id)
    {
        state.Subnet(call, "DeleteSubnet", id);
        if (state.Endpoints.In(call.Account, call.Region).FirstOrDefault(one => one.SubnetIds.Contains(id)) is { } endpoint)
            throw Ec2State.InUse("subnet", id, endpoint.Id);
        state.Subnets.Remove(Ec2State.Key(call, id));
        foreach (var table in state.RouteTables.In(call.Account, call.Region).Where(one => one.Associations.ContainsValue(id)).ToList())
            state.RouteTables.Update(Ec2State.Key(call, table.Id),
                one => one with { Associations = one.Associations.RemoveRange(one.Associations.Where(pair => pair.Value == id).Select(pair => pair.Key)) });
    }
}

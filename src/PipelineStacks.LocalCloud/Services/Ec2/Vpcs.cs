using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>VPCs with what each has from the start: a route table, a security group, a network ACL.</summary>
internal sealed class Vpcs(Ec2State state)
{
    public VpcState Create(Call call, string cidrBlock, bool dnsSupport, bool dnsHostnames, string tenancy, IReadOnlyList<Tag> tags)
    {
        call.Authorize("ec2:CreateVpc", call.Arn("ec2", "vpc/*"));
        if (Cidr.Parse(cidrBlock) is not { Prefix: >= 16 and <= 28 } block)
            throw new ServiceException("InvalidVpc.Range", $"The CIDR '{cidrBlock}' is invalid.");
        if (dnsHostnames && !dnsSupport)
            throw new ServiceException("InvalidParameterValue", "EnableDnsHostnames needs EnableDnsSupport.");
        var vpc = new VpcState(Ec2State.NewId("vpc"), block.ToString(), dnsSupport, dnsHostnames, tenancy, Ec2State.NewId("sg"), Ec2State.NewId("acl"), tags);
        var table = new RouteTableState(Ec2State.NewId("rtb"), vpc.Id, Ec2State.NewId("rtbassoc"), [], System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, []);
        var group = new SecurityGroupState(vpc.DefaultSecurityGroup, vpc.Id, "default", "default VPC security group",
        [
            new(Ec2State.NewId("sgr"), false, "-1", null, null, null, null, null, vpc.DefaultSecurityGroup, null),
            new(Ec2State.NewId("sgr"), true, "-1", null, null, "0.0.0.0/0", null, null, null, null),
        ], []);
        state.RouteTables.Put(Ec2State.Key(call, table.Id), table);
        state.SecurityGroups.Put(Ec2State.Key(call, group.Id), group);
        state.Vpcs.Put(Ec2State.Key(call, vpc.Id), vpc);
        return vpc;
    }

    public void Delete(Call call, string id)
    {
        var vpc = state.Vpc(call, "DeleteVpc", id);
        var users = state.Subnets.In(call.Account, call.Region).Where(one => one.VpcId == id).Select(one => one.Id)
            .Concat(state.SecurityGroups.In(call.Account, call.Region).Where(one => one.VpcId == id && one.Id != vpc.DefaultSecurityGroup).Select(one => one.Id))
            .Concat(state.RouteTables.In(call.Account, call.Region).Where(one => one.VpcId == id && one.MainAssociation is null).Select(one => one.Id))
            .Concat(state.Endpoints.In(call.Account, call.Region).Where(one => one.VpcId == id).Select(one => one.Id))
            .Concat(state.InternetGateways.In(call.Account, call.Region).Where(one => one.VpcId == id).Select(one => one.Id)).ToList();
        if (users.Count > 0)
            throw Ec2State.InUse("vpc", id, string.Join(", ", users));
        state.Vpcs.Remove(Ec2State.Key(call, id));
        state.SecurityGroups.Remove(Ec2State.Key(call, vpc.DefaultSecurityGroup));
        foreach (var table in state.RouteTables.In(call.Account, call.Region).Where(one => one.VpcId == id).ToList())
            state.RouteTables.Remove(Ec2State.Key(call, table.Id));
    }
}

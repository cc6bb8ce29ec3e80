using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>Security groups and their rules.</summary>
internal sealed class SecurityGroups(Ec2State state)
{
    private static readonly Dictionary<string, string> ProtocolNames = new() { ["6"] = "tcp", ["17"] = "udp", ["1"] = "icmp", ["58"] = "icmpv6", ["all"] = "-1" };

    public SecurityGroupState Create(Call call, string vpcId, string name, string description, IReadOnlyList<RuleState> rules, IReadOnlyList<Tag> tags)
    {
        state.Vpc(call, "CreateSecurityGroup", vpcId);
        if (name.StartsWith("sg-", StringComparison.Ordinal) || name.Length is 0 or > 255)
            throw new ServiceException("InvalidParameterValue", $"Value ({name}) for parameter GroupName is invalid. Group names have at most 255 characters and don't begin with sg-.");
        if (state.SecurityGroups.In(call.Account, call.Region).Any(one => one.VpcId == vpcId && one.Name == name))
            throw new ServiceException("InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpcId}'");
        var group = new SecurityGroupState(Ec2State.NewId("sg"), vpcId, name, description, [], tags);
        foreach (var rule in rules)
            group = With(call, group, rule);
        state.SecurityGroups.Put(Ec2State.Key(call, group.Id), group);
        return group;
    }

    public void Delete(Call call, string id)
    {
        var group = state.SecurityGroup(call, "DeleteSecurityGroup", id);
        if (group.Name == "default")
            throw new ServiceException("CannotDelete", $"the specified group: \"{id}\" name: \"default\" cannot be deleted by a user");
        var users = state.SecurityGroups.In(call.Account, call.Region).Where(one => one.Id != id && one.Rules.Any(rule => rule.GroupId == id)).Select(one => one.Id)
            .Concat(state.Endpoints.In(call.Account, call.Region).Where(one => one.GroupIds.Contains(id)).Select(one => one.Id)).ToList();
        if (users.Count > 0)
            throw Ec2State.InUse("security group", id, string.Join(", ", users));
        state.SecurityGroups.Remove(Ec2State.Key(call, id));
    }

    public SecurityGroupState Change(Call call, string id, IReadOnlyList<RuleState> remove, IReadOnlyList<RuleState> add, IReadOnlyList<Tag>? tags = null)
    {
        state.SecurityGroup(call, "ModifySecurityGroupRules", id);
        return state.SecurityGroups.Update(Ec2State.Key(call, id), group =>
        {
            group = group with { Rules = group.Rules.RemoveAll(rule => remove.Any(rule.Admits)), Tags = tags ?? group.Tags };
            foreach (var rule in add)
                group = With(call, group, rule);
            return group;
        })!;
    }

    public RuleState Authorize(Call call, string id, RuleState rule)
    {
        state.SecurityGroup(call, rule.IsEgress ? "AuthorizeSecurityGroupEgress" : "AuthorizeSecurityGroupIngress", id);
        return state.SecurityGroups.Update(Ec2State.Key(call, id), group => With(call, group, rule))!.Rules[^1];
    }

    public void Revoke(Call call, string id, bool egress, Predicate<RuleState> which)
    {
        state.SecurityGroup(call, egress ? "RevokeSecurityGroupEgress" : "RevokeSecurityGroupIngress", id);
        state.SecurityGroups.Update(Ec2State.Key(call, id), group =>
            group.Rules.RemoveAll(rule => rule.IsEgress == egress && which(rule)) is var rest && rest.Count < group.Rules.Count
                ? group with { Rules = rest }
                : throw new ServiceException("InvalidPermission.NotFound", "The specified rule does not exist in this security group."));
    }

    private SecurityGroupState With(Call call, SecurityGroupState group, RuleState rule)
    {
        var peers = new[] { rule.CidrIp, rule.CidrIpv6, rule.PrefixListId, rule.GroupId }.OfType<string>().ToList();
        if (peers.Count != 1)
            throw new ServiceException("InvalidParameterValue", $"A rule of a security group has one peer: an IPv4 or IPv6 block, a prefix list or a group, and not {peers.Count}.");
        if (rule.CidrIp is { } cidr && Cidr.Parse(cidr)?.ToString() != cidr)
            throw new ServiceException("InvalidParameterValue", $"CIDR block {cidr} is malformed");
        if (rule.GroupId is { } peer && peer != group.Id)
            state.SecurityGroup(call, "AuthorizeSecurityGroupIngress", peer);
        rule = rule with { Id = Ec2State.NewId("sgr"), Protocol = ProtocolNames.GetValueOrDefault(rule.Protocol, rule.Protocol) };
        if (rule.Protocol is "tcp" or "udp" && rule is not { FromPort: >= 0 and <= 65535, ToPort: >= 0 and <= 65535 })
            throw new ServiceException("InvalidParameterValue", $"Invalid value for portRange. Must specify both from and to ports with TCP/UDP.");
        if (rule.Protocol == "-1")
            rule = rule with { FromPort = null, ToPort = null };
        return group.Rules.Any(rule.Admits)
            ? throw new ServiceException("InvalidPermission.Duplicate", $"the specified rule \"peer: {peers[0]}, {rule.Protocol}, from port: {rule.FromPort}, to port: {rule.ToPort}, ALLOW\" already exists")
            : group with { Rules = group.Rules.Add(rule) };
    }
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Ec2.Contracts;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>Describes security groups, endpoints and flow logs, and changes groups' rules.</summary>
internal sealed class AccessDescriptions(Ec2State state, SecurityGroups groups)
{
    public DescribeSecurityGroupsResponse SecurityGroups(Call call, DescribeSecurityGroupsRequest request)
    {
        call.Authorize("ec2:DescribeSecurityGroups", "*");
        var all = Filters.ById(state.SecurityGroups.In(call.Account, call.Region), request.GroupId, one => one.Id, "InvalidGroup", "security group")
            .Where(one => request.GroupName is not { Count: > 0 } names || names.Contains(one.Name));
        var page = Filters.Pick(all, request, one => one.Tags, (one, name) => name switch
        {
            "group-id" => [one.Id],
            "group-name" => [one.Name],
            "description" => [one.Description],
            "vpc-id" => [one.VpcId],
            "owner-id" => [call.Account],
            _ => null,
        });
        return new([.. page.Items.Select(one => new SecurityGroup(call.Account, one.Id, one.Name, one.Description, one.VpcId,
            Permissions(call, one, egress: false), Permissions(call, one, egress: true), one.Tags))], page.Next);
    }

    public DescribeVpcEndpointsResponse Endpoints(Call call, DescribeVpcEndpointsRequest request)
    {
        call.Authorize("ec2:DescribeVpcEndpoints", "*");
        var all = Filters.ById(state.Endpoints.In(call.Account, call.Region), request.VpcEndpointId, one => one.Id, "InvalidVpcEndpointId", "vpc endpoint");
        var page = Filters.Pick(all, request, one => one.Tags, (one, name) => name switch
        {
            "vpc-endpoint-id" => [one.Id],
            "vpc-id" => [one.VpcId],
            "service-name" => [one.ServiceName],
            "vpc-endpoint-type" => [one.Type],
            "vpc-endpoint-state" => ["available"],
            _ => null,
        });
        return new([.. page.Items.Select(one => new VpcEndpoint(one.Id, one.Type, one.VpcId, one.ServiceName, "available", one.Policy, one.RouteTableIds,
            one.SubnetIds, [.. one.GroupIds.Select(id => new EndpointGroup(id, state.SecurityGroups.TryGet(Ec2State.Key(call, id), out var group) ? group.Name : ""))],
            one.PrivateDns, one.NetworkInterfaceIds, one.Created, call.Account, one.Tags))], page.Next);
    }

    public DescribeFlowLogsResponse FlowLogs(Call call, DescribeFlowLogsRequest request)
    {
        call.Authorize("ec2:DescribeFlowLogs", "*");
        var all = Filters.ById(state.FlowLogs.In(call.Account, call.Region), request.FlowLogId, one => one.Id, "InvalidFlowLogId", "flow log");
        var page = Filters.Pick(all, request, one => one.Tags, (one, name) => name switch
        {
            "flow-log-id" => [one.Id],
            "resource-id" => [one.ResourceId],
            "traffic-type" => [one.TrafficType],
            "log-destination-type" => [one.DestinationType],
            "log-group-name" => one.LogGroupName is null ? [] : [one.LogGroupName],
            _ => null,
        });
        return new([.. page.Items.Select(one => new FlowLog(one.Id, "ACTIVE", one.ResourceId, one.TrafficType, one.DestinationType, one.LogGroupName,
            one.Destination, one.RoleArn, "SUCCESS", one.Format, one.MaxAggregationInterval, one.Created, one.Tags))], page.Next);
    }

    public RuleChangeResponse Authorize(Call call, SecurityGroupRulesRequest request, bool egress)
    {
        var rules = Rules(request.IpPermissions, egress).ToList();
        groups.Change(call, request.GroupId, [], rules);
        return new(true);
    }

    public RuleChangeResponse Revoke(Call call, SecurityGroupRulesRequest request, bool egress)
    {
        foreach (var rule in Rules(request.IpPermissions, egress))
            groups.Revoke(call, request.GroupId, egress, rule.Admits);
        return new(true);
    }

    private static IEnumerable<RuleState> Rules(IReadOnlyList<IpPermission> permissions, bool egress)
    {
        foreach (var one in permissions)
        {
            var rule = new RuleState("", egress, one.IpProtocol, one.FromPort, one.ToPort, null, null, null, null, null);
            foreach (var range in one.IpRanges ?? [])
                yield return rule with { CidrIp = range.CidrIp, Description = range.Description };
            foreach (var range in one.Ipv6Ranges ?? [])
                yield return rule with { CidrIpv6 = range.CidrIpv6, Description = range.Description };
            foreach (var list in one.PrefixListIds ?? [])
                yield return rule with { PrefixListId = list.PrefixListId, Description = list.Description };
            foreach (var group in one.Groups ?? [])
                yield return rule with { GroupId = group.GroupId, Description = group.Description };
        }
    }

    private static List<IpPermission> Permissions(Call call, SecurityGroupState group, bool egress) =>
        [.. group.Rules.Where(rule => rule.IsEgress == egress).GroupBy(rule => (rule.Protocol, rule.FromPort, rule.ToPort)).Select(rules => new IpPermission
        {
            IpProtocol = rules.Key.Protocol,
            FromPort = rules.Key.FromPort,
            ToPort = rules.Key.ToPort,
            Groups = [.. rules.Where(rule => rule.GroupId is not null).Select(rule => new GroupPair { GroupId = rule.GroupId!, UserId = call.Account, Description = rule.Description })],
            IpRanges = [.. rules.Where(rule => rule.CidrIp is not null).Select(rule => new IpRange(rule.CidrIp!, rule.Description))],
            Ipv6Ranges = [.. rules.Where(rule => rule.CidrIpv6 is not null).Select(rule => new Ipv6Range(rule.CidrIpv6!, rule.Description))],
            PrefixListIds = [.. rules.Where(rule => rule.PrefixListId is not null).Select(rule => new PrefixList(rule.PrefixListId!, rule.Description))],
        })];
}

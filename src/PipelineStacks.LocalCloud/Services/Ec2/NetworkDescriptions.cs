using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Ec2.Contracts;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>Describes VPCs, subnets, route tables and gateways.</summary>
internal sealed class NetworkDescriptions(Ec2State state)
{
    public DescribeVpcsResponse Vpcs(Call call, DescribeVpcsRequest request)
    {
        call.Authorize("ec2:DescribeVpcs", "*");
        var all = Filters.ById(state.Vpcs.In(call.Account, call.Region), request.VpcId, one => one.Id, "InvalidVpcID", "vpc");
        var page = Filters.Pick(all, request, one => one.Tags, (one, name) => name switch
        {
            "vpc-id" => [one.Id],
            "cidr" or "cidr-block-association.cidr-block" => [one.CidrBlock],
            "is-default" or "isDefault" => ["false"],
            "state" => ["available"],
            "owner-id" => [call.Account],
            _ => null,
        });
        return new([.. page.Items.Select(one => new Vpc(
            one.Id, call.Account, "available", one.CidrBlock, [new(AssociationId(one), one.CidrBlock, new("associated"))], "default", one.Tenancy, false,
            one.Tags))], page.Next);
    }

    /// <summary>The association of a VPC with its one block, which needs no id of its own here.</summary>
    public static string AssociationId(VpcState vpc) => "vpc-cidr-assoc-" + vpc.Id["vpc-".Length..];

    public DescribeSubnetsResponse Subnets(Call call, DescribeSubnetsRequest request)
    {
        call.Authorize("ec2:DescribeSubnets", "*");
        var zones = Ec2State.Zones(call.Region).ToDictionary(zone => zone.Name, zone => zone.Id, StringComparer.Ordinal);
        var all = Filters.ById(state.Subnets.In(call.Account, call.Region), request.SubnetId, one => one.Id, "InvalidSubnetID", "subnet");
        var page = Filters.Pick(all, request, one => one.Tags, (one, name) => name switch
        {
            "subnet-id" => [one.Id],
            "vpc-id" => [one.VpcId],
            "availability-zone" or "availabilityZone" => [one.Zone],
            "availability-zone-id" => [zones[one.Zone]],
            "cidr-block" or "cidr" => [one.CidrBlock],
            "default-for-az" => ["false"],
            "map-public-ip-on-launch" => [one.MapPublicIp ? "true" : "false"],
            "state" => ["available"],
            "owner-id" => [call.Account],
            _ => null,
        });
        return new([.. page.Items.Select(one => new Subnet(
            one.Id, call.Arn("ec2", $"subnet/{one.Id}"), call.Account, "available", one.VpcId, one.CidrBlock,
            Cidr.Parse(one.CidrBlock)!.Value.Addresses - Ec2.Subnets.ReservedAddresses, one.Zone, zones[one.Zone], false, one.MapPublicIp, one.Tags))], page.Next);
    }

    public DescribeRouteTablesResponse RouteTables(Call call, DescribeRouteTablesRequest request)
    {
        call.Authorize("ec2:DescribeRouteTables", "*");
        var all = Filters.ById(state.RouteTables.In(call.Account, call.Region), request.RouteTableId, one => one.Id, "InvalidRouteTableID", "route table");
        var page = Filters.Pick(all, request, one => one.Tags, (one, name) => name switch
        {
            "route-table-id" => [one.Id],
            "vpc-id" => [one.VpcId],
            "association.subnet-id" => one.Associations.Values,
            "association.route-table-association-id" => [.. one.Associations.Keys, one.MainAssociation ?? ""],
            "association.main" => [one.MainAssociation is null ? "false" : "true"],
            "route.gateway-id" => one.Routes.Select(route => route.GatewayId),
            "route.destination-cidr-block" => one.Routes.Select(route => route.Destination),
            _ => null,
        });
        return new([.. page.Items.Select(one => Describe(call, one))], page.Next);
    }

    public DescribeInternetGatewaysResponse InternetGateways(Call call, DescribeInternetGatewaysRequest request)
    {
        call.Authorize("ec2:DescribeInternetGateways", "*");
        var all = Filters.ById(state.InternetGateways.In(call.Account, call.Region), request.InternetGatewayId, one => one.Id, "InvalidInternetGatewayID", "internetGateway");
        var page = Filters.Pick(all, request, one => one.Tags, (one, name) => name switch
        {
            "internet-gateway-id" => [one.Id],
            "attachment.vpc-id" => one.VpcId is null ? [] : [one.VpcId],
            _ => null,
        });
        return new([.. page.Items.Select(one => new InternetGateway(
            one.Id, call.Account, one.VpcId is null ? [] : [new(one.VpcId, "available")], one.Tags))], page.Next);
    }

    /// <summary>There are none here; CDK's lookup of a VPC asks for them.</summary>
    public static DescribeVpnGatewaysResponse VpnGateways(Call call, DescribeRequest request)
    {
        call.Authorize("ec2:DescribeVpnGateways", "*");
        return new([]);
    }

    public static DescribeAvailabilityZonesResponse AvailabilityZones(Call call, DescribeAvailabilityZonesRequest request)
    {
        call.Authorize("ec2:DescribeAvailabilityZones", "*");
        var zones = Ec2State.Zones(call.Region).Where(zone => (request.ZoneName is not { Count: > 0 } names || names.Contains(zone.Name))
            && (request.ZoneId is not { Count: > 0 } ids || ids.Contains(zone.Id))
            && (request.Filter ?? []).All(filter => Filters.Matches(filter, ZoneValues(call.Region, zone, filter.Name))));
        return new([.. zones.Select(zone => new AvailabilityZone(
            zone.Name, zone.Id, "available", call.Region, "availability-zone", "opt-in-not-required", call.Region, call.Region))]);
    }

    private static string[] ZoneValues(string region, (string Name, string Id) zone, string filter) => filter switch
    {
        "zone-name" => [zone.Name],
        "zone-id" => [zone.Id],
        "state" or "zone-state" => ["available"],
        "region-name" => [region],
        "zone-type" => ["availability-zone"],
        "opt-in-status" => ["opt-in-not-required"],
        _ => throw ServiceException.Unsupported($"The EC2 filter {filter}"),
    };

    private RouteTable Describe(Call call, RouteTableState table)
    {
        var local = state.Vpcs.TryGet(Ec2State.Key(call, table.VpcId), out var vpc) ? vpc.CidrBlock : "";
        var associations = table.Associations.Select(pair => new RouteTableAssociation(pair.Key, table.Id, pair.Value, false, new("associated"))).ToList();
        if (table.MainAssociation is { } main)
            associations.Insert(0, new(main, table.Id, null, true, new("associated")));
        return new(table.Id, table.VpcId, call.Account,
            [new(local, "local", "active", "CreateRouteTable"), .. table.Routes.Select(route => new Route(route.Destination, route.GatewayId, "active", "CreateRoute"))],
            associations, table.Tags);
    }
}

using System.Collections.Immutable;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>Route tables, their routes to internet gateways, and the subnets that use them.</summary>
internal sealed class RouteTables(Ec2State state)
{
    public RouteTableState Create(Call call, string vpcId, IReadOnlyList<Tag> tags)
    {
        state.Vpc(call, "CreateRouteTable", vpcId);
        var table = new RouteTableState(Ec2State.NewId("rtb"), vpcId, null, [], ImmutableSortedDictionary<string, string>.Empty, tags);
        state.RouteTables.Put(Ec2State.Key(call, table.Id), table);
        return table;
    }

    public void Delete(Call call, string id)
    {
        var table = state.RouteTable(call, "DeleteRouteTable", id);
        if (table.MainAssociation is not null || table.Associations.Count > 0)
            throw Ec2State.InUse("routeTable", id, table.MainAssociation ?? string.Join(", ", table.Associations.Values));
        state.RouteTables.Remove(Ec2State.Key(call, id));
    }

    public string Associate(Call call, string tableId, string subnetId)
    {
        var table = state.RouteTable(call, "AssociateRouteTable", tableId);
        var subnet = state.Subnet(call, "AssociateRouteTable", subnetId);
        if (table.VpcId != subnet.VpcId)
            throw new ServiceException("InvalidParameterValue", $"Route table {tableId} and subnet {subnetId} belong to different networks");
        if (state.RouteTables.In(call.Account, call.Region).Any(one => one.Associations.ContainsValue(subnetId)))
            throw new ServiceException("Resource.AlreadyAssociated", $"the specified association for subnet {subnetId} conflicts with an existing association");
        var id = Ec2State.NewId("rtbassoc");
        state.RouteTables.Update(Ec2State.Key(call, tableId), one => one with { Associations = one.Associations.Add(id, subnetId) });
        return id;
    }

    public void Disassociate(Call call, string associationId)
    {
        call.Authorize("ec2:DisassociateRouteTable", "*");
        var table = Owner(call, associationId);
        state.RouteTables.Update(Ec2State.Key(call, table.Id), one => one with { Associations = one.Associations.Remove(associationId) });
    }

    /// <summary>Gives an association's subnet another table.</summary>
    public void Reassociate(Call call, string associationId, string tableId)
    {
        var target = state.RouteTable(call, "ReplaceRouteTableAssociation", tableId);
        var table = Owner(call, associationId);
        var subnetId = table.Associations[associationId];
        if (table.VpcId != target.VpcId)
            throw new ServiceException("InvalidParameterValue", $"Route table {tableId} and subnet {subnetId} belong to different networks");
        state.RouteTables.Update(Ec2State.Key(call, table.Id), one => one with { Associations = one.Associations.Remove(associationId) });
        state.RouteTables.Update(Ec2State.Key(call, tableId), one => one with { Associations = one.Associations.Add(associationId, subnetId) });
    }

    public string AddRoute(Call call, string tableId, string destination, string gatewayId)
    {
        var table = state.RouteTable(call, "CreateRoute", tableId);
        if (Cidr.Parse(destination) is not { } block)
            throw new ServiceException("InvalidParameterValue", $"Value ({destination}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.");
        var gateway = Ec2State.Find(call, "CreateRoute", state.InternetGateways, gatewayId, "InvalidGatewayID", "internet gateway");
        if (gateway.VpcId != table.VpcId)
            throw new ServiceException("InvalidParameterValue", $"route table {tableId} and network gateway {gatewayId} belong to different networks");
        state.RouteTables.Update(Ec2State.Key(call, tableId), one => one.Routes.Any(route => route.Destination == block.ToString())
            ? throw new ServiceException("RouteAlreadyExists", $"The route identified by {destination} already exists.")
            : one with { Routes = one.Routes.Add(new(block.ToString(), gatewayId)) });
        return block.ToString();
    }

    public void RemoveRoute(Call call, string tableId, string destination)
    {
        state.RouteTable(call, "DeleteRoute", tableId);
        state.RouteTables.Update(Ec2State.Key(call, tableId), one => one with { Routes = one.Routes.RemoveAll(route => route.Destination == destination) });
    }

    private RouteTableState Owner(Call call, string associationId) =>
        state.RouteTables.In(call.Account, call.Region).FirstOrDefault(one => one.Associations.ContainsKey(associationId))
        ?? throw new ServiceException("InvalidAssociationID.NotFound", $"The association ID '{associationId}' does not exist");
}

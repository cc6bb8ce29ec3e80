using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Ec2.Provisioners;

internal sealed record RouteTableProperties
{
    [CreateOnly]
    public required string VpcId { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::EC2::RouteTable</c>.</summary>
internal sealed class RouteTableProvisioner(Ec2State state, RouteTables tables) : Provisioner<RouteTableProperties>("AWS::EC2::RouteTable")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, RouteTableProperties properties) =>
        ValueTask.FromResult(Describe(tables.Create(context.Call, properties.VpcId, properties.Tags ?? []).Id));

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, RouteTableProperties before, RouteTableProperties after)
    {
        state.RouteTable(context.Call, "CreateTags", physicalId);
        state.RouteTables.Update(Ec2State.Key(context.Call, physicalId), table => table with { Tags = after.Tags ?? [] });
        return ValueTask.FromResult(Describe(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, RouteTableProperties properties)
    {
        tables.Delete(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }

    private static Provisioned Describe(string id) => new(id, ("RouteTableId", id));
}

internal sealed record RouteProperties
{
    [CreateOnly]
    public required string RouteTableId { get; init; }

    [CreateOnly]
    public required string DestinationCidrBlock { get; init; }

    /// <summary>An internet gateway; other targets are refused by name.</summary>
    [NoLocalEffect(Ec2State.NoPackets)]
    public required string GatewayId { get; init; }
}

/// <summary><c>AWS::EC2::Route</c>.</summary>
internal sealed class RouteProvisioner(RouteTables tables) : Provisioner<RouteProperties>("AWS::EC2::Route")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, RouteProperties properties)
    {
        var destination = tables.AddRoute(context.Call, properties.RouteTableId, properties.DestinationCidrBlock, properties.GatewayId);
        return ValueTask.FromResult(new Provisioned($"{properties.RouteTableId}|{destination}", ("CidrBlock", destination)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, RouteProperties before, RouteProperties after)
    {
        tables.RemoveRoute(context.Call, after.RouteTableId, physicalId.Split('|')[1]);
        return CreateAsync(context, after);
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, RouteProperties properties)
    {
        tables.RemoveRoute(context.Call, properties.RouteTableId, physicalId.Split('|')[1]);
        return ValueTask.CompletedTask;
    }
}

internal sealed record SubnetRouteTableAssociationProperties
{
    [CreateOnly]
    public required string SubnetId { get; init; }

    public required string RouteTableId { get; init; }
}

/// <summary><c>AWS::EC2::SubnetRouteTableAssociation</c>.</summary>
internal sealed class SubnetRouteTableAssociationProvisioner(RouteTables tables)
    : Provisioner<SubnetRouteTableAssociationProperties>("AWS::EC2::SubnetRouteTableAssociation")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, SubnetRouteTableAssociationProperties properties)
    {
        var id = tables.Associate(context.Call, properties.RouteTableId, properties.SubnetId);
        return ValueTask.FromResult(new Provisioned(id, ("Id", id)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, SubnetRouteTableAssociationProperties before, SubnetRouteTableAssociationProperties after)
    {
        tables.Reassociate(context.Call, physicalId, after.RouteTableId);
        return ValueTask.FromResult(new Provisioned(physicalId, ("Id", physicalId)));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, SubnetRouteTableAssociationProperties properties)
    {
        tables.Disassociate(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }
}

using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>VPC endpoints: gateways on route tables, interfaces in subnets.</summary>
internal sealed class Endpoints(Ec2State state, TimeProvider time)
{
    public const string OpenPolicy = """{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}""";

    public EndpointState Create(Call call, EndpointState wanted)
    {
        state.Vpc(call, "CreateVpcEndpoint", wanted.VpcId);
        Check(call, wanted);
        var endpoint = wanted with
        {
            Id = Ec2State.NewId("vpce"),
            Created = time.GetUtcNow(),
            NetworkInterfaceIds = [.. wanted.SubnetIds.Select(_ => Ec2State.NewId("eni"))],
        };
        state.Endpoints.Put(Ec2State.Key(call, endpoint.Id), endpoint);
        return endpoint;
    }

    public EndpointState Modify(Call call, EndpointState wanted)
    {
        var before = Ec2State.Find(call, "ModifyVpcEndpoint", state.Endpoints, wanted.Id, "InvalidVpcEndpointId", "vpc endpoint");
        Check(call, wanted);
        var interfaces = before.SubnetIds.Zip(before.NetworkInterfaceIds).ToDictionary(pair => pair.First, pair => pair.Second);
        var after = wanted with
        {
            Created = before.Created,
            NetworkInterfaceIds = [.. wanted.SubnetIds.Select(subnet => interfaces.GetValueOrDefault(subnet) ?? Ec2State.NewId("eni"))],
        };
        state.Endpoints.Put(Ec2State.Key(call, after.Id), after);
        return after;
    }

    public void Delete(Call call, string id)
    {
        Ec2State.Find(call, "DeleteVpcEndpoints", state.Endpoints, id, "InvalidVpcEndpointId", "vpc endpoint");
        state.Endpoints.Remove(Ec2State.Key(call, id));
    }

    private void Check(Call call, EndpointState endpoint)
    {
        var service = endpoint.ServiceName.StartsWith($"com.amazonaws.{call.Region}.", StringComparison.Ordinal)
            ? endpoint.ServiceName[(endpoint.ServiceName.LastIndexOf('.') + 1)..]
            : throw new ServiceException("InvalidServiceName", $"The Vpc Endpoint Service '{endpoint.ServiceName}' does not exist");
        if (endpoint.Type == "Gateway" && service is not ("s3" or "dynamodb"))
            throw new ServiceException("InvalidParameter", $"Endpoint type (Gateway) does not match available service types ([Interface]) of {endpoint.ServiceName}.");
        if (endpoint.Type == "Gateway" && endpoint.SubnetIds.Count + endpoint.GroupIds.Count > 0)
            throw new ServiceException("InvalidParameter", "Gateway endpoints have route tables, not subnets and security groups.");
        if (endpoint.Type == "Interface" && endpoint.RouteTableIds.Count > 0)
            throw new ServiceException("InvalidParameter", "Interface endpoints have subnets, not route tables.");
        foreach (var id in endpoint.RouteTableIds)
            CheckVpc(endpoint, id, state.RouteTable(call, "CreateVpcEndpoint", id).VpcId);
        foreach (var id in endpoint.GroupIds)
            CheckVpc(endpoint, id, state.SecurityGroup(call, "CreateVpcEndpoint", id).VpcId);
        var zones = new HashSet<string>();
        foreach (var id in endpoint.SubnetIds)
        {
            var subnet = state.Subnet(call, "CreateVpcEndpoint", id);
            CheckVpc(endpoint, id, subnet.VpcId);
            if (!zones.Add(subnet.Zone))
                throw new ServiceException("DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the availability zone of " + id);
        }
    }

    private static void CheckVpc(EndpointState endpoint, string id, string vpcId)
    {
        if (vpcId != endpoint.VpcId)
            throw new ServiceException("InvalidParameter", $"{id} belongs to {vpcId}, and not to {endpoint.VpcId}.");
    }
}

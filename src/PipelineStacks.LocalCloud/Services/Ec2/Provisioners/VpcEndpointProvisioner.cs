using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Ec2.Provisioners;

internal sealed record VpcEndpointProperties
{
    [CreateOnly]
    public required string ServiceName { get; init; }

    [CreateOnly]
    public required string VpcId { get; init; }

    [CreateOnly]
    public string? VpcEndpointType { get; init; }

    [NoLocalEffect("Kept and shown; clients reach the local services directly, so no request passes an endpoint's policy.")]
    public JsonNode? PolicyDocument { get; init; }

    [NoLocalEffect(Ec2State.NoPackets)]
    public bool? PrivateDnsEnabled { get; init; }

    public IReadOnlyList<string>? RouteTableIds { get; init; }
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }
    public IReadOnlyList<string>? SubnetIds { get; init; }
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::EC2::VPCEndpoint</c>, gateway or interface.</summary>
internal sealed class VpcEndpointProvisioner(Ec2State state, Endpoints endpoints) : Provisioner<VpcEndpointProperties>("AWS::EC2::VPCEndpoint")
{
    protected override void Check(ProvisionContext context, VpcEndpointProperties properties)
    {
        if (properties.VpcEndpointType is { } type and not ("Gateway" or "Interface"))
            throw ServiceException.Unsupported($"{context.LogicalId}: the VPC endpoint type {type}");
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, VpcEndpointProperties properties) =>
        ValueTask.FromResult(Describe(endpoints.Create(context.Call, Wanted(context.Call, "", properties))));

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, VpcEndpointProperties before, VpcEndpointProperties after) =>
        ValueTask.FromResult(Describe(endpoints.Modify(context.Call, Wanted(context.Call, physicalId, after))));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, VpcEndpointProperties properties)
    {
        endpoints.Delete(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }

    // An interface without groups of its own gets the VPC's default one.
    private EndpointState Wanted(Call call, string id, VpcEndpointProperties properties)
    {
        var type = properties.VpcEndpointType ?? "Gateway";
        IReadOnlyList<string> groups = properties.SecurityGroupIds is { Count: > 0 } given ? given
            : type == "Interface" ? [state.Vpc(call, "CreateVpcEndpoint", properties.VpcId).DefaultSecurityGroup]
            : [];
        var policy = properties.PolicyDocument is JsonObject document ? document.ToJsonString() : properties.PolicyDocument?.GetValue<string>();
        return new(id, properties.VpcId, properties.ServiceName, type, policy ?? Endpoints.OpenPolicy, properties.RouteTableIds ?? [],
            properties.SubnetIds ?? [], groups, properties.PrivateDnsEnabled ?? false, [], default, properties.Tags ?? []);
    }

    private static Provisioned Describe(EndpointState endpoint) => new(endpoint.Id,
        ("Id", endpoint.Id), ("CreationTimestamp", endpoint.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
        ("DnsEntries", new JsonArray()), ("NetworkInterfaceIds", new JsonArray([.. endpoint.NetworkInterfaceIds.Select(one => JsonValue.Create(one))])));
}

using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Logs.Provisioners;

internal sealed record ResourcePolicyProperties
{
    [CreateOnly]
    public required string PolicyName { get; init; }

    /// <summary>JSON as text; templates may also write it as an object.</summary>
    public required JsonNode PolicyDocument { get; init; }
}

/// <summary><c>AWS::Logs::ResourcePolicy</c>.</summary>
internal sealed class ResourcePolicyProvisioner(ResourcePolicies policies) : Provisioner<ResourcePolicyProperties>("AWS::Logs::ResourcePolicy")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ResourcePolicyProperties properties) =>
        ValueTask.FromResult(Put(context, properties));

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, ResourcePolicyProperties before, ResourcePolicyProperties after) =>
        ValueTask.FromResult(Put(context, after));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ResourcePolicyProperties properties)
    {
        policies.Delete(context.Call, new() { PolicyName = physicalId });
        return ValueTask.CompletedTask;
    }

    private Provisioned Put(ProvisionContext context, ResourcePolicyProperties properties)
    {
        var document = properties.PolicyDocument is JsonObject policy ? policy.ToJsonString() : properties.PolicyDocument.GetValue<string>();
        policies.Put(context.Call, new() { PolicyName = properties.PolicyName, PolicyDocument = document });
        return new(properties.PolicyName);
    }
}

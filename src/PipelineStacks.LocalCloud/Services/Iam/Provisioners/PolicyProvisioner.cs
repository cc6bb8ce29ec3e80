using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Iam.Provisioners;

internal sealed record PolicyProperties
{
    public required string PolicyName { get; init; }
    public required JsonObject PolicyDocument { get; init; }
    public IReadOnlyList<string>? Roles { get; init; }
}

/// <summary><c>AWS::IAM::Policy</c>: one inline policy in several roles. Users and groups do not exist here.</summary>
internal sealed class PolicyProvisioner(Roles roles, InlinePolicies policies) : Provisioner<PolicyProperties>("AWS::IAM::Policy")
{
    protected override void Check(ProvisionContext context, PolicyProperties properties)
    {
        if (properties.Roles is not { Count: > 0 })
            throw new ServiceException("ValidationError", "At least one of [Groups,Roles,Users] must be non-empty.");
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, PolicyProperties properties)
    {
        Put(context.Call, properties);
        return ValueTask.FromResult(new Provisioned(context.NewName()));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, PolicyProperties before, PolicyProperties after)
    {
        Put(context.Call, after);
        foreach (var role in before.Roles ?? [])
            if (before.PolicyName != after.PolicyName || after.Roles?.Contains(role) != true)
                Delete(context.Call, role, before.PolicyName);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, PolicyProperties properties)
    {
        foreach (var role in properties.Roles ?? [])
            Delete(context.Call, role, properties.PolicyName);
        return ValueTask.CompletedTask;
    }

    private void Put(Call call, PolicyProperties properties)
    {
        foreach (var role in properties.Roles ?? [])
            policies.Put(call, new() { RoleName = role, PolicyName = properties.PolicyName, PolicyDocument = properties.PolicyDocument.ToJsonString() });
    }

    // Gone with its role, or deleted by hand: that the policy is not there is all a deletion wants.
    private void Delete(Call call, string role, string policy)
    {
        if (roles.FindOrNull(call, "iam:GetRole", role)?.InlinePolicies.ContainsKey(policy) == true)
            policies.Delete(call, new() { RoleName = role, PolicyName = policy });
    }
}

using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Iam.Provisioners;

internal sealed record RoleProperties
{
    public required JsonObject AssumeRolePolicyDocument { get; init; }

    [CreateOnly]
    public string? RoleName { get; init; }

    [CreateOnly]
    public string? Path { get; init; }

    public string? Description { get; init; }
    public int? MaxSessionDuration { get; init; }
    public IReadOnlyList<string>? ManagedPolicyArns { get; init; }
    public IReadOnlyList<InlinePolicy>? Policies { get; init; }

    [NoLocalEffect("Kept and shown by GetRole; policies are stored, and not enforced yet.")]
    public string? PermissionsBoundary { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    internal sealed record InlinePolicy
    {
        public required string PolicyName { get; init; }
        public required JsonObject PolicyDocument { get; init; }
    }
}

/// <summary><c>AWS::IAM::Role</c>: the role with its inline policies and attachments, which are the template's alone.</summary>
internal sealed class RoleProvisioner(Roles roles, InlinePolicies policies) : Provisioner<RoleProperties>("AWS::IAM::Role")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, RoleProperties properties)
    {
        var role = roles.Create(context.Call, new()
        {
            RoleName = properties.RoleName ?? context.NewName(),
            AssumeRolePolicyDocument = properties.AssumeRolePolicyDocument.ToJsonString(),
            Path = properties.Path,
            Description = properties.Description,
            MaxSessionDuration = properties.MaxSessionDuration,
            PermissionsBoundary = properties.PermissionsBoundary,
            Tags = properties.Tags,
        }).Role;
        try
        {
            SetPolicies(context.Call, role.RoleName, null, properties);
        }
        catch (ServiceException)
        {
            // CloudFormation only cleans up what it was told of: a role that was not completed must not stay behind.
            Remove(context.Call, role.RoleName, properties);
            throw;
        }

        return ValueTask.FromResult(Describe(context.Call, role.RoleName));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, RoleProperties before, RoleProperties after)
    {
        var call = context.Call;
        roles.UpdateTrust(call, new() { RoleName = physicalId, PolicyDocument = after.AssumeRolePolicyDocument.ToJsonString() });
        roles.Update(call, new() { RoleName = physicalId, Description = after.Description ?? "", MaxSessionDuration = after.MaxSessionDuration ?? 3600 });
        if (after.PermissionsBoundary is { } boundary)
            roles.PutBoundary(call, new() { RoleName = physicalId, PermissionsBoundary = boundary });
        else
            roles.DeleteBoundary(call, new() { RoleName = physicalId });
        roles.Untag(call, new() { RoleName = physicalId, TagKeys = [.. (before.Tags ?? []).Select(tag => tag.Key)] });
        roles.Tag(call, new() { RoleName = physicalId, Tags = after.Tags ?? [] });
        SetPolicies(call, physicalId, before, after);
        return ValueTask.FromResult(Describe(call, physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, RoleProperties properties)
    {
        Remove(context.Call, physicalId, properties);
        return ValueTask.CompletedTask;
    }

    private Provisioned Describe(Call call, string name)
    {
        var role = roles.Find(call, "iam:GetRole", name);
        return new(role.Name, ("Arn", role.Arn), ("RoleId", role.Id));
    }

    private void SetPolicies(Call call, string name, RoleProperties? before, RoleProperties after)
    {
        foreach (var policy in after.Policies ?? [])
            policies.Put(call, new() { RoleName = name, PolicyName = policy.PolicyName, PolicyDocument = policy.PolicyDocument.ToJsonString() });
        foreach (var gone in (before?.Policies ?? []).Where(old => after.Policies?.Any(policy => policy.PolicyName == old.PolicyName) != true))
            policies.Delete(call, new() { RoleName = name, PolicyName = gone.PolicyName });
        foreach (var arn in after.ManagedPolicyArns ?? [])
            policies.Attach(call, new() { RoleName = name, PolicyArn = arn });
        foreach (var gone in (before?.ManagedPolicyArns ?? []).Except(after.ManagedPolicyArns ?? []))
            policies.Detach(call, new() { RoleName = name, PolicyArn = gone });
    }

    // What others put on the role stays and stops the deletion, as on AWS.
    private void Remove(Call call, string name, RoleProperties properties)
    {
        var role = roles.Find(call, "iam:GetRole", name);
        foreach (var policy in (properties.Policies ?? []).Where(policy => role.InlinePolicies.ContainsKey(policy.PolicyName)))
            policies.Delete(call, new() { RoleName = name, PolicyName = policy.PolicyName });
        foreach (var arn in (properties.ManagedPolicyArns ?? []).Intersect(role.AttachedPolicies))
            policies.Detach(call, new() { RoleName = name, PolicyArn = arn });
        roles.Delete(call, new() { RoleName = name });
    }
}

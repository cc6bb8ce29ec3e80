using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Iam.Provisioners;

internal sealed record ManagedPolicyProperties
{
    [CreateOnly]
    public string? ManagedPolicyName { get; init; }

    [CreateOnly]
    public string? Path { get; init; }

    [CreateOnly]
    public string? Description { get; init; }

    public required JsonObject PolicyDocument { get; init; }
    public IReadOnlyList<string>? Roles { get; init; }
}

/// <summary><c>AWS::IAM::ManagedPolicy</c>. An update adds a version, makes it the default and drops the one before.</summary>
internal sealed class ManagedPolicyProvisioner(ManagedPolicies managed, Roles roles, InlinePolicies policies)
    : Provisioner<ManagedPolicyProperties>("AWS::IAM::ManagedPolicy")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ManagedPolicyProperties properties)
    {
        var arn = managed.Create(context.Call, new()
        {
            PolicyName = properties.ManagedPolicyName ?? context.NewName(128),
            PolicyDocument = properties.PolicyDocument.ToJsonString(),
            Path = properties.Path,
            Description = properties.Description,
        }).Policy.Arn;
        Attach(context.Call, arn, properties.Roles ?? []);
        return ValueTask.FromResult(Describe(context.Call, arn));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, ManagedPolicyProperties before, ManagedPolicyProperties after)
    {
        var call = context.Call;
        if (!JsonNode.DeepEquals(before.PolicyDocument, after.PolicyDocument))
        {
            var old = managed.Get(call, new() { PolicyArn = physicalId }).Policy.DefaultVersionId;
            managed.CreateVersion(call, new() { PolicyArn = physicalId, PolicyDocument = after.PolicyDocument.ToJsonString(), SetAsDefault = true });
            managed.DeleteVersion(call, new() { PolicyArn = physicalId, VersionId = old });
        }

        Attach(call, physicalId, after.Roles ?? []);
        Detach(call, physicalId, (before.Roles ?? []).Except(after.Roles ?? []));
        return ValueTask.FromResult(Describe(call, physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ManagedPolicyProperties properties)
    {
        Detach(context.Call, physicalId, properties.Roles ?? []);
        managed.Delete(context.Call, new() { PolicyArn = physicalId });
        return ValueTask.CompletedTask;
    }

    private Provisioned Describe(Call call, string arn)
    {
        var policy = managed.Get(call, new() { PolicyArn = arn }).Policy;
        return new(arn, ("PolicyArn", arn), ("PolicyId", policy.PolicyId), ("DefaultVersionId", policy.DefaultVersionId), ("IsAttachable", true),
            ("AttachmentCount", policy.AttachmentCount), ("PermissionsBoundaryUsageCount", policy.PermissionsBoundaryUsageCount),
            ("CreateDate", policy.CreateDate.ToString("O")), ("UpdateDate", policy.UpdateDate.ToString("O")));
    }

    private void Attach(Call call, string arn, IEnumerable<string> names)
    {
        foreach (var name in names)
            policies.Attach(call, new() { RoleName = name, PolicyArn = arn });
    }

    // Gone with its role, or detached by hand: that it is not attached is all this wants.
    private void Detach(Call call, string arn, IEnumerable<string> names)
    {
        foreach (var name in names)
            if (roles.FindOrNull(call, "iam:GetRole", name)?.AttachedPolicies.Contains(arn) == true)
                policies.Detach(call, new() { RoleName = name, PolicyArn = arn });
    }
}

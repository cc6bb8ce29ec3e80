using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iam.Contracts;

namespace PipelineStacks.LocalCloud.Services.Iam;

/// <summary>The policies inside roles, and which managed policies are attached to them.</summary>
internal sealed class InlinePolicies(Roles roles, ManagedPolicies managed)
{
    public Empty Put(Call call, PutRolePolicyRequest request)
    {
        IamNames.Check(request.PolicyName, "policyName", 128);
        var document = PolicyDocument.Check(request.PolicyDocument, PolicyKind.Identity);
        roles.Change(call, "iam:PutRolePolicy", request.RoleName, role => role with
        {
            InlinePolicies = role.InlinePolicies.SetItem(request.PolicyName, document),
        });
        return Empty.Value;
    }

    public GetRolePolicyResponse Get(Call call, RolePolicyRequest request)
    {
        var role = roles.Find(call, "iam:GetRolePolicy", request.RoleName);
        return role.InlinePolicies.TryGetValue(request.PolicyName, out var document)
            ? new(role.Name, request.PolicyName, Uri.EscapeDataString(document))
            : throw Missing(request.PolicyName);
    }

    public ListRolePoliciesResponse List(Call call, PagedRoleRequest request)
    {
        var role = roles.Find(call, "iam:ListRolePolicies", request.RoleName);
        var page = Page<string>.Of(role.InlinePolicies.Keys, request.Marker, request.MaxItems ?? 100, "InvalidInput");
        return new(page.Items, page.IsTruncated, page.Next);
    }

    public Empty Delete(Call call, RolePolicyRequest request)
    {
        roles.Change(call, "iam:DeleteRolePolicy", request.RoleName, role => role.InlinePolicies.ContainsKey(request.PolicyName)
            ? role with { InlinePolicies = role.InlinePolicies.Remove(request.PolicyName) }
            : throw Missing(request.PolicyName));
        return Empty.Value;
    }

    public Empty Attach(Call call, RolePolicyArnRequest request)
    {
        managed.Demand(request.PolicyArn);
        roles.Change(call, "iam:AttachRolePolicy", request.RoleName, role => role.AttachedPolicies.Contains(request.PolicyArn)
            ? role
            : role with { AttachedPolicies = role.AttachedPolicies.Add(request.PolicyArn) });
        return Empty.Value;
    }

    public Empty Detach(Call call, RolePolicyArnRequest request)
    {
        roles.Change(call, "iam:DetachRolePolicy", request.RoleName, role => role.AttachedPolicies.Contains(request.PolicyArn)
            ? role with { AttachedPolicies = role.AttachedPolicies.Remove(request.PolicyArn) }
            : throw new ServiceException("NoSuchEntity", $"Policy {request.PolicyArn} was not found.", 404));
        return Empty.Value;
    }

    public ListAttachedRolePoliciesResponse ListAttached(Call call, PagedRoleRequest request)
    {
        var role = roles.Find(call, "iam:ListAttachedRolePolicies", request.RoleName);
        var policies = role.AttachedPolicies.Select(arn => new AttachedPolicy(arn[(arn.LastIndexOf('/') + 1)..], arn));
        var page = Page<AttachedPolicy>.Of(policies, request.Marker, request.MaxItems ?? 100, "InvalidInput");
        return new(page.Items, page.IsTruncated, page.Next);
    }

    private static ServiceException Missing(string policy) => new("NoSuchEntity", $"The role policy with name {policy} cannot be found.", 404);
}

using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iam.Contracts;

namespace PipelineStacks.LocalCloud.Services.Iam;

/// <summary>IAM's operations on roles and policies.</summary>
internal sealed class IamService(Roles roles, InlinePolicies inline, ManagedPolicies managed) : IQueryService
{
    public string SigningName => "iam";

    public string XmlNamespace => "https://iam.amazonaws.com/doc/2010-05-08/";

    public OperationTable Operations { get; } = new OperationTable("IAM", Wire.Query)
        .Add<CreateRoleRequest, RoleResponse>("CreateRole", roles.Create)
        .Add<RoleRequest, RoleResponse>("GetRole", roles.Get)
        .Add<ListRolesRequest, ListRolesResponse>("ListRoles", roles.List)
        .Add<RoleRequest, Empty>("DeleteRole", roles.Delete)
        .Add<UpdateRoleRequest, UpdateRoleResponse>("UpdateRole", roles.Update)
        .Add<UpdateRoleDescriptionRequest, RoleResponse>("UpdateRoleDescription", roles.UpdateDescription)
        .Add<UpdateAssumeRolePolicyRequest, Empty>("UpdateAssumeRolePolicy", roles.UpdateTrust)
        .Add<RolePermissionsBoundaryRequest, Empty>("PutRolePermissionsBoundary", roles.PutBoundary)
        .Add<RoleRequest, Empty>("DeleteRolePermissionsBoundary", roles.DeleteBoundary)
        .Add<TagRoleRequest, Empty>("TagRole", roles.Tag)
        .Add<UntagRoleRequest, Empty>("UntagRole", roles.Untag)
        .Add<PagedRoleRequest, ListRoleTagsResponse>("ListRoleTags", roles.ListTags)
        .Add<PutRolePolicyRequest, Empty>("PutRolePolicy", inline.Put)
        .Add<RolePolicyRequest, GetRolePolicyResponse>("GetRolePolicy", inline.Get)
        .Add<PagedRoleRequest, ListRolePoliciesResponse>("ListRolePolicies", inline.List)
        .Add<RolePolicyRequest, Empty>("DeleteRolePolicy", inline.Delete)
        .Add<RolePolicyArnRequest, Empty>("AttachRolePolicy", inline.Attach)
        .Add<RolePolicyArnRequest, Empty>("DetachRolePolicy", inline.Detach)
        .Add<PagedRoleRequest, ListAttachedRolePoliciesResponse>("ListAttachedRolePolicies", inline.ListAttached)
        .Add<CreatePolicyRequest, PolicyResponse>("CreatePolicy", managed.Create)
        .Add<PolicyRequest, PolicyResponse>("GetPolicy", managed.Get)
        .Add<ListPoliciesRequest, ListPoliciesResponse>("ListPolicies", managed.List)
        .Add<PolicyRequest, Empty>("DeletePolicy", managed.Delete)
        .Add<CreatePolicyVersionRequest, PolicyVersionResponse>("CreatePolicyVersion", managed.CreateVersion)
        .Add<PolicyVersionRequest, PolicyVersionResponse>("GetPolicyVersion", managed.GetVersion)
        .Add<PagedPolicyRequest, ListPolicyVersionsResponse>("ListPolicyVersions", managed.ListVersions)
        .Add<PolicyVersionRequest, Empty>("DeletePolicyVersion", managed.DeleteVersion)
        .Add<PolicyVersionRequest, Empty>("SetDefaultPolicyVersion", managed.SetDefaultVersion);
}

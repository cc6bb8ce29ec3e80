using System.Collections.Immutable;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iam.Contracts;

namespace PipelineStacks.LocalCloud.Services.Iam;

/// <summary>Roles and their trust policies.</summary>
internal sealed class Roles(IamState state, TimeProvider time)
{
    public RoleResponse Create(Call call, CreateRoleRequest request)
    {
        var path = request.Path ?? "/";
        var arn = $"arn:aws:iam::{call.Account}:role{path}{request.RoleName}";
        call.Authorize("iam:CreateRole", arn);
        IamNames.Check(request.RoleName, "roleName", 64);
        IamNames.CheckPath(path);
        var role = new RoleState(
            request.RoleName, IamState.NewId("AROA"), arn, path, time.GetUtcNow(),
            PolicyDocument.Check(request.AssumeRolePolicyDocument, PolicyKind.Trust), request.Description, Duration(request.MaxSessionDuration),
            request.PermissionsBoundary, ImmutableSortedDictionary<string, string>.Empty, [], request.Tags ?? []);
        return state.Roles.TryAdd(IamState.Key(call.Account, role.Name), role)
            ? new(Describe(role))
            : throw new ServiceException("EntityAlreadyExists", $"Role with name {role.Name} already exists.", 409);
    }

    public RoleResponse Get(Call call, RoleRequest request) => new(Describe(Find(call, "iam:GetRole", request.RoleName)));

    public ListRolesResponse List(Call call, ListRolesRequest request)
    {
        call.Authorize("iam:ListRoles", $"arn:aws:iam::{call.Account}:role/");
        var roles = state.Roles.In(call.Account, "").Where(role => role.Path.StartsWith(request.PathPrefix ?? "/", StringComparison.Ordinal));
        var page = Page<Role>.Of(roles.Select(Describe), request.Marker, request.MaxItems ?? 100, "InvalidInput");
        return new(page.Items, page.IsTruncated, page.Next);
    }

    public Empty Delete(Call call, RoleRequest request)
    {
        var role = Find(call, "iam:DeleteRole", request.RoleName);
        if (role.InlinePolicies.Count > 0)
            throw new ServiceException("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
        if (role.AttachedPolicies.Count > 0)
            throw new ServiceException("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
        state.Roles.Remove(IamState.Key(call.Account, role.Name));
        return Empty.Value;
    }

    public UpdateRoleResponse Update(Call call, UpdateRoleRequest request)
    {
        Change(call, "iam:UpdateRole", request.RoleName, role => role with
        {
            Description = request.Description ?? role.Description,
            MaxSessionDuration = Duration(request.MaxSessionDuration ?? role.MaxSessionDuration),
        });
        return new();
    }

    public RoleResponse UpdateDescription(Call call, UpdateRoleDescriptionRequest request) =>
        new(Describe(Change(call, "iam:UpdateRoleDescription", request.RoleName, role => role with { Description = request.Description })));

    public Empty UpdateTrust(Call call, UpdateAssumeRolePolicyRequest request)
    {
        var document = PolicyDocument.Check(request.PolicyDocument, PolicyKind.Trust);
        Change(call, "iam:UpdateAssumeRolePolicy", request.RoleName, role => role with { TrustPolicy = document });
        return Empty.Value;
    }

    public Empty PutBoundary(Call call, RolePermissionsBoundaryRequest request)
    {
        Change(call, "iam:PutRolePermissionsBoundary", request.RoleName, role => role with { PermissionsBoundary = request.PermissionsBoundary });
        return Empty.Value;
    }

    public Empty DeleteBoundary(Call call, RoleRequest request)
    {
        Change(call, "iam:DeleteRolePermissionsBoundary", request.RoleName, role => role with { PermissionsBoundary = null });
        return Empty.Value;
    }

    public Empty Tag(Call call, TagRoleRequest request)
    {
        Change(call, "iam:TagRole", request.RoleName, role => role with { Tags = IamNames.Merge(role.Tags, request.Tags) });
        return Empty.Value;
    }

    public Empty Untag(Call call, UntagRoleRequest request)
    {
        Change(call, "iam:UntagRole", request.RoleName, role => role with { Tags = [.. role.Tags.Where(tag => !request.TagKeys.Contains(tag.Key))] });
        return Empty.Value;
    }

    public ListRoleTagsResponse ListTags(Call call, PagedRoleRequest request)
    {
        var role = Find(call, "iam:ListRoleTags", request.RoleName);
        var page = Page<Tag>.Of(role.Tags, request.Marker, request.MaxItems ?? 100, "InvalidInput");
        return new(page.Items, page.IsTruncated, page.Next);
    }

    /// <summary>The role, for a call that may see it.</summary>
    /// <exception cref="ServiceException"><c>NoSuchEntity</c>.</exception>
    public RoleState Find(Call call, string action, string name) => FindOrNull(call, action, name) ?? throw Missing(name);

    public RoleState? FindOrNull(Call call, string action, string name)
    {
        call.Authorize(action, state.Roles.TryGet(IamState.Key(call.Account, name), out var role) ? role.Arn : $"arn:aws:iam::{call.Account}:role/{name}");
        return role;
    }

    /// <summary>Changes a role for a call that may.</summary>
    public RoleState Change(Call call, string action, string name, Func<RoleState, RoleState> change)
    {
        Find(call, action, name);
        return state.Roles.Update(IamState.Key(call.Account, name), change) ?? throw Missing(name);
    }

    private static ServiceException Missing(string name) => new("NoSuchEntity", $"The role with name {name} cannot be found.", 404);

    private static int Duration(int? seconds) => seconds switch
    {
        null => 3600,
        >= 3600 and <= 43200 => seconds.Value,
        _ => throw new ServiceException("ValidationError", $"The MaxSessionDuration {seconds} is not between 3600 and 43200 seconds."),
    };

    private static Role Describe(RoleState role) => new(
        role.Path, role.Name, role.Id, role.Arn, role.Created, Uri.EscapeDataString(role.TrustPolicy), role.Description, role.MaxSessionDuration,
        role.PermissionsBoundary is null ? null : new("Policy", role.PermissionsBoundary), role.Tags.Count == 0 ? null : role.Tags);
}

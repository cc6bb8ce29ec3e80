using System.Collections.Immutable;
using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iam.Contracts;

namespace PipelineStacks.LocalCloud.Services.Iam;

/// <summary>Customer-managed policies and their versions. Those of AWS are known by their ARN alone.</summary>
internal sealed class ManagedPolicies(IamState state, TimeProvider time)
{
    private const string OwnedByAws = "arn:aws:iam::aws:policy/";
    private const int MaxVersions = 5;

    public PolicyResponse Create(Call call, CreatePolicyRequest request)
    {
        var path = request.Path ?? "/";
        var arn = $"arn:aws:iam::{call.Account}:policy{path}{request.PolicyName}";
        call.Authorize("iam:CreatePolicy", arn);
        IamNames.Check(request.PolicyName, "policyName", 128);
        IamNames.CheckPath(path);
        var now = time.GetUtcNow();
        var first = new PolicyVersionState(PolicyDocument.Check(request.PolicyDocument, PolicyKind.Identity), now);
        var policy = new ManagedPolicyState(
            request.PolicyName, IamState.NewId("ANPA"), arn, path, now, now, request.Description, 1,
            ImmutableSortedDictionary<int, PolicyVersionState>.Empty.Add(1, first), request.Tags ?? []);
        if (state.Policies.In(call.Account, "").Any(other => string.Equals(other.Name, policy.Name, StringComparison.OrdinalIgnoreCase))
            || !state.Policies.TryAdd(IamState.Key(call.Account, arn), policy))
            throw new ServiceException("EntityAlreadyExists", $"A policy called {policy.Name} already exists. Duplicate names are not allowed.", 409);
        return new(Describe(policy));
    }

    public PolicyResponse Get(Call call, PolicyRequest request) => new(Describe(Find(call, "iam:GetPolicy", request.PolicyArn)));

    public ListPoliciesResponse List(Call call, ListPoliciesRequest request)
    {
        call.Authorize("iam:ListPolicies", $"arn:aws:iam::{call.Account}:policy/");
        if (request.Scope == "AWS")
            throw ServiceException.Unsupported("Listing the policies that AWS manages");
        var policies = state.Policies.In(call.Account, "").Where(policy => policy.Path.StartsWith(request.PathPrefix ?? "/", StringComparison.Ordinal))
            .Select(Describe).Where(policy => request.OnlyAttached != true || policy.AttachmentCount > 0);
        var page = Page<Policy>.Of(policies, request.Marker, request.MaxItems ?? 100, "InvalidInput");
        return new(page.Items, page.IsTruncated, page.Next);
    }

    public Empty Delete(Call call, PolicyRequest request)
    {
        var policy = Find(call, "iam:DeletePolicy", request.PolicyArn);
        if (Attachments(policy) > 0)
            throw new ServiceException("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
        if (policy.Versions.Count > 1)
            throw new ServiceException("DeleteConflict", "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.", 409);
        state.Policies.Remove(IamState.Key(call.Account, policy.Arn));
        return Empty.Value;
    }

    public PolicyVersionResponse CreateVersion(Call call, CreatePolicyVersionRequest request)
    {
        var document = PolicyDocument.Check(request.PolicyDocument, PolicyKind.Identity);
        var now = time.GetUtcNow();
        var changed = Change(call, "iam:CreatePolicyVersion", request.PolicyArn, policy =>
        {
            if (policy.Versions.Count >= MaxVersions)
                throw new ServiceException("LimitExceeded", $"A managed policy can have up to {MaxVersions} versions. Before you create a new version, you must delete an existing version.", 409);
            var number = policy.Versions.Keys.Max() + 1;
            return policy with
            {
                Updated = now,
                Versions = policy.Versions.Add(number, new(document, now)),
                DefaultVersion = request.SetAsDefault == true ? number : policy.DefaultVersion,
            };
        });
        return new(Describe(changed, changed.Versions.Keys.Max(), withDocument: false));
    }

    public PolicyVersionResponse GetVersion(Call call, PolicyVersionRequest request)
    {
        var policy = Find(call, "iam:GetPolicyVersion", request.PolicyArn);
        return new(Describe(policy, Number(policy, request.VersionId), withDocument: true));
    }

    public ListPolicyVersionsResponse ListVersions(Call call, PagedPolicyRequest request)
    {
        var policy = Find(call, "iam:ListPolicyVersions", request.PolicyArn);
        var versions = policy.Versions.Keys.Reverse().Select(number => Describe(policy, number, withDocument: false));
        var page = Page<PolicyVersion>.Of(versions, request.Marker, request.MaxItems ?? 100, "InvalidInput");
        return new(page.Items, page.IsTruncated, page.Next);
    }

    public Empty DeleteVersion(Call call, PolicyVersionRequest request)
    {
        Change(call, "iam:DeletePolicyVersion", request.PolicyArn, policy =>
        {
            var number = Number(policy, request.VersionId);
            return number != policy.DefaultVersion
                ? policy with { Versions = policy.Versions.Remove(number) }
                : throw new ServiceException("DeleteConflict", "Cannot delete the default version of a policy.", 409);
        });
        return Empty.Value;
    }

    public Empty SetDefaultVersion(Call call, PolicyVersionRequest request)
    {
        Change(call, "iam:SetDefaultPolicyVersion", request.PolicyArn, policy => policy with { DefaultVersion = Number(policy, request.VersionId) });
        return Empty.Value;
    }

    /// <summary>What may be attached: AWS's own policies by their ARN, and customer-managed ones that exist.</summary>
    public void Demand(string arn)
    {
        if (!arn.StartsWith(OwnedByAws, StringComparison.Ordinal) && !state.Policies.TryGet(IamState.Key(AccountOf(arn), arn), out _))
            throw Missing(arn);
    }

    private ManagedPolicyState Find(Call call, string action, string arn)
    {
        call.Authorize(action, arn);
        if (arn.StartsWith(OwnedByAws, StringComparison.Ordinal))
            throw ServiceException.Unsupported($"What is in {arn}, a policy that AWS manages,");
        return state.Policies.TryGet(IamState.Key(AccountOf(arn), arn), out var policy) ? policy : throw Missing(arn);
    }

    private ManagedPolicyState Change(Call call, string action, string arn, Func<ManagedPolicyState, ManagedPolicyState> change)
    {
        Find(call, action, arn);
        return state.Policies.Update(IamState.Key(AccountOf(arn), arn), change) ?? throw Missing(arn);
    }

    private static string AccountOf(string arn) => arn.Split(':') is { Length: >= 6 } parts ? parts[4] : "";

    private static ServiceException Missing(string arn) => new("NoSuchEntity", $"Policy {arn} does not exist or is not attachable.", 404);

    private static int Number(ManagedPolicyState policy, string versionId) =>
        versionId.StartsWith('v') && int.TryParse(versionId.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && policy.Versions.ContainsKey(number)
            ? number
            : throw new ServiceException("NoSuchEntity", $"Policy {policy.Arn} version {versionId} does not exist or is not attachable.", 404);

    private int Attachments(ManagedPolicyState policy) => state.Roles.All.Count(role => role.Value.AttachedPolicies.Contains(policy.Arn));

    private Policy Describe(ManagedPolicyState policy) => new(
        policy.Name, policy.Id, policy.Arn, policy.Path, $"v{policy.DefaultVersion}", Attachments(policy),
        state.Roles.All.Count(role => role.Value.PermissionsBoundary == policy.Arn), true, policy.Description, policy.Created, policy.Updated,
        policy.Tags.Count == 0 ? null : policy.Tags);

    private static PolicyVersion Describe(ManagedPolicyState policy, int number, bool withDocument) => new(
        $"v{number}", number == policy.DefaultVersion, policy.Versions[number].Created,
        withDocument ? Uri.EscapeDataString(policy.Versions[number].Document) : null);
}

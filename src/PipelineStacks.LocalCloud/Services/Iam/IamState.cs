using System.Collections.Immutable;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Iam;

/// <summary>A role as it is kept. Policies are JSON text, stored so that they can be enforced.</summary>
/// <param name="InlinePolicies">Documents by policy name.</param>
/// <param name="AttachedPolicies">ARNs of managed policies.</param>
internal sealed record RoleState(
    string Name, string Id, string Arn, string Path, DateTimeOffset Created, string TrustPolicy, string? Description, int MaxSessionDuration,
    string? PermissionsBoundary, ImmutableSortedDictionary<string, string> InlinePolicies, ImmutableList<string> AttachedPolicies, IReadOnlyList<Tag> Tags);

/// <summary>A customer-managed policy.</summary>
/// <param name="Versions">Documents by version number; the newest is the default one unless another was chosen.</param>
internal sealed record ManagedPolicyState(
    string Name, string Id, string Arn, string Path, DateTimeOffset Created, DateTimeOffset Updated, string? Description, int DefaultVersion,
    ImmutableSortedDictionary<int, PolicyVersionState> Versions, IReadOnlyList<Tag> Tags);

internal sealed record PolicyVersionState(string Document, DateTimeOffset Created);

/// <summary>IAM's resources: global, so their Region is empty.</summary>
internal sealed class IamState(StateStore store)
{
    public StateCollection<RoleState> Roles { get; } = store.Open<RoleState>("iam", "roles");

    public StateCollection<ManagedPolicyState> Policies { get; } = store.Open<ManagedPolicyState>("iam", "policies");

    public static ResourceKey Key(string account, string name) => new(account, "", name);

    /// <summary>An id as IAM makes them: a four-letter kind and 17 characters.</summary>
    public static string NewId(string kind) =>
        kind + System.Security.Cryptography.RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17);
}

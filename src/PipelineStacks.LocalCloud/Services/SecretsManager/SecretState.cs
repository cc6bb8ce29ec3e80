using System.Collections.Immutable;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>The labels that Secrets Manager itself moves.</summary>
internal static class Stage
{
    public const string Current = "AWSCURRENT";
    public const string Previous = "AWSPREVIOUS";
    public const string Pending = "AWSPENDING";
}

/// <summary>How often a secret gets a new value.</summary>
internal sealed record RotationState(int Days, DateTimeOffset? Last, DateTimeOffset Next);

/// <summary>A secret as it is kept.</summary>
/// <param name="KmsKeyId">The customer's key as it was named; null for the one that AWS manages.</param>
/// <param name="DeletionDate">When the secret is deleted, where that is scheduled.</param>
internal sealed record SecretState(
    string Name, string Arn, string? Description, string? KmsKeyId, DateTimeOffset Created, DateTimeOffset Changed, DateTimeOffset? Accessed,
    DateTimeOffset? Deleted, DateTimeOffset? DeletionDate, string? Policy, ImmutableList<SecretVersion> Versions, IReadOnlyList<Tag> Tags)
{
    public ResourceKey Key => Arn.Split(':') is var parts ? new(parts[4], parts[3], Name) : default;

    /// <summary>The service that keeps the secret; null for one of the customer's.</summary>
    public string? OwningService { get; init; }

    public RotationState? Rotation { get; init; }

    public SecretVersion? Staged(string stage) => Versions.Find(version => version.Stages.Contains(stage));
}

/// <summary>One value of a secret.</summary>
/// <param name="Content">The value, encrypted by the secret's key.</param>
internal sealed record SecretVersion(
    string Id, bool IsBinary, byte[] Content, ImmutableSortedSet<string> Stages, DateTimeOffset Created, DateTimeOffset? Accessed);

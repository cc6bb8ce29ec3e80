using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kms;

/// <summary>A key as it is kept.</summary>
/// <param name="Secret">What the key encrypts with. It never leaves the cloud and goes with the key.</param>
/// <param name="ManagedBy">A service's alias such as <c>alias/aws/s3</c> for the keys that AWS manages; null for a customer's.</param>
/// <param name="DeletionDate">When the key is deleted, where that is scheduled.</param>
internal sealed record KeyState(
    string Id, string Arn, byte[] Secret, string Description, bool Enabled, DateTimeOffset Created, DateTimeOffset? DeletionDate, string Policy,
    int? RotationPeriodInDays, string? ManagedBy, IReadOnlyList<KeyTag> Tags);

internal sealed record KeyTag(string TagKey, string TagValue);

internal sealed record AliasState(string Name, string Arn, string KeyId, DateTimeOffset Created, DateTimeOffset Updated);

internal sealed class KmsState(StateStore store)
{
    public StateCollection<KeyState> Keys { get; } = store.Open<KeyState>("kms", "keys");

    public StateCollection<AliasState> Aliases { get; } = store.Open<AliasState>("kms", "aliases");
}

using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Kms.Provisioners;

internal sealed record KeyProperties
{
    public JsonObject? KeyPolicy { get; init; }
    public string? Description { get; init; }
    public bool? Enabled { get; init; }

    [NoLocalEffect("Kept and shown by GetKeyRotationStatus; the secret of a local key stays the same.")]
    public bool? EnableKeyRotation { get; init; }

    [NoLocalEffect("Kept and shown by GetKeyRotationStatus; the secret of a local key stays the same.")]
    public int? RotationPeriodInDays { get; init; }

    public int? PendingWindowInDays { get; init; }

    [CreateOnly]
    public string? KeySpec { get; init; }

    [CreateOnly]
    public string? KeyUsage { get; init; }

    [CreateOnly]
    public string? Origin { get; init; }

    [CreateOnly]
    public bool? MultiRegion { get; init; }

    [NoLocalEffect("Policies are stored, and not enforced yet, so nobody can be locked out.")]
    public bool? BypassPolicyLockoutSafetyCheck { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary><c>AWS::KMS::Key</c>, symmetric. Deleting it schedules the deletion, as on AWS.</summary>
internal sealed class KeyProvisioner(Keys keys) : Provisioner<KeyProperties>("AWS::KMS::Key")
{
    protected override void Check(ProvisionContext context, KeyProperties properties)
    {
        if (properties.KeySpec is { } spec and not "SYMMETRIC_DEFAULT")
            throw ServiceException.Unsupported($"{context.LogicalId}: the KMS key spec {spec}");
        if (properties.KeyUsage is { } usage and not "ENCRYPT_DECRYPT")
            throw ServiceException.Unsupported($"{context.LogicalId}: the KMS key usage {usage}");
        if (properties.Origin is { } origin and not "AWS_KMS")
            throw ServiceException.Unsupported($"{context.LogicalId}: the KMS key origin {origin}");
        if (properties.MultiRegion == true)
            throw ServiceException.Unsupported($"{context.LogicalId}: a multi-Region KMS key");
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, KeyProperties properties)
    {
        var key = keys.Create(context.Call, new()
        {
            Description = properties.Description,
            Policy = properties.KeyPolicy?.ToJsonString(),
            KeySpec = properties.KeySpec,
            KeyUsage = properties.KeyUsage,
            Origin = properties.Origin,
            MultiRegion = properties.MultiRegion,
            Tags = ToKeyTags(properties.Tags),
        }).KeyMetadata;
        SetRotation(context.Call, key.KeyId, properties);
        if (properties.Enabled == false)
            keys.Disable(context.Call, new() { KeyId = key.KeyId });
        return ValueTask.FromResult(Describe(key.KeyId, key.Arn));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, KeyProperties before, KeyProperties after)
    {
        var call = context.Call;
        keys.PutPolicy(call, new() { KeyId = physicalId, Policy = after.KeyPolicy?.ToJsonString() ?? KeyFinder.DefaultPolicy(call.Account) });
        keys.UpdateDescription(call, new() { KeyId = physicalId, Description = after.Description ?? "" });
        SetRotation(call, physicalId, after);
        if (after.Enabled == false)
            keys.Disable(call, new() { KeyId = physicalId });
        else
            keys.Enable(call, new() { KeyId = physicalId });
        keys.Untag(call, new() { KeyId = physicalId, TagKeys = [.. ToKeyTags(before.Tags).Select(tag => tag.TagKey)] });
        keys.Tag(call, new() { KeyId = physicalId, Tags = ToKeyTags(after.Tags) });
        return ValueTask.FromResult(Describe(physicalId, call.Arn("kms", $"key/{physicalId}")));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, KeyProperties properties)
    {
        // A key that somebody has scheduled for deletion already is as good as deleted.
        if (keys.Describe(context.Call, new() { KeyId = physicalId }).KeyMetadata.DeletionDate is null)
            keys.ScheduleDeletion(context.Call, new() { KeyId = physicalId, PendingWindowInDays = properties.PendingWindowInDays });
        return ValueTask.CompletedTask;
    }

    private void SetRotation(Call call, string keyId, KeyProperties properties)
    {
        if (properties.EnableKeyRotation == true)
            keys.EnableRotation(call, new() { KeyId = keyId, RotationPeriodInDays = properties.RotationPeriodInDays });
        else
            keys.DisableRotation(call, new() { KeyId = keyId });
    }

    private static Provisioned Describe(string id, string arn) => new(id, ("Arn", arn), ("KeyId", id));

    private static KeyTag[] ToKeyTags(IReadOnlyList<Tag>? tags) => [.. (tags ?? []).Select(tag => new KeyTag(tag.Key, tag.Value))];
}

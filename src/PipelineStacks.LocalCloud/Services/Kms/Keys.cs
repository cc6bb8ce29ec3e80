using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iam;
using PipelineStacks.LocalCloud.Services.Kms.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kms;

/// <summary>The life of symmetric keys, from creation to the end of their pending window.</summary>
internal sealed class Keys(KmsState state, KeyFinder finder, CloudClock clock) : IHostedService
{
    private const int DefaultRotationDays = 365;

    public KeyMetadataResponse Create(Call call, CreateKeyRequest request)
    {
        call.Authorize("kms:CreateKey", "*");
        RefuseAllButSymmetric(request);
        var policy = request.Policy is null ? KeyFinder.DefaultPolicy(call.Account) : CheckPolicy(request.Policy);
        var key = finder.New(call, request.Description ?? "", policy, managedBy: null) with { Tags = request.Tags ?? [] };
        state.Keys.Put(KeyOf(key), key);
        return new(Describe(key));
    }

    public KeyMetadataResponse Describe(Call call, DescribeKeyRequest request) => new(Describe(finder.Find(call, "kms:DescribeKey", request.KeyId)));

    public ListKeysResponse List(Call call, PagedRequest request)
    {
        call.Authorize("kms:ListKeys", "*");
        var page = Page<KeyState>.Of(state.Keys.In(call.Account, call.Region), request.Marker, request.Limit ?? 100, "InvalidMarkerException");
        return new([.. page.Items.Select(key => new KeyListEntry(key.Id, key.Arn))], page.IsTruncated, page.Next);
    }

    public Empty UpdateDescription(Call call, UpdateKeyDescriptionRequest request) =>
        Change(call, "kms:UpdateKeyDescription", request.KeyId, key => key with { Description = request.Description });

    public Empty Enable(Call call, KeyRequest request) => Change(call, "kms:EnableKey", request.KeyId, key => key with { Enabled = true });

    public Empty Disable(Call call, KeyRequest request) => Change(call, "kms:DisableKey", request.KeyId, key => key with { Enabled = false });

    public KeyPolicyResponse GetPolicy(Call call, KeyPolicyRequest request) => new(finder.Find(call, "kms:GetKeyPolicy", request.KeyId).Policy, "default");

    public ListKeyPoliciesResponse ListPolicies(Call call, PagedRequest request)
    {
        finder.Find(call, "kms:ListKeyPolicies", request.KeyId ?? "");
        return new(["default"], false, null);
    }

    public Empty PutPolicy(Call call, PutKeyPolicyRequest request)
    {
        var policy = CheckPolicy(request.Policy);
        return Change(call, "kms:PutKeyPolicy", request.KeyId, key => key with { Policy = policy });
    }

    public Empty EnableRotation(Call call, EnableKeyRotationRequest request)
    {
        if (request.RotationPeriodInDays is { } days and not (>= 90 and <= 2560))
            throw ServiceException.Validation("rotationPeriodInDays", $"{days}", "Member must have value between 90 and 2560");
        return Change(call, "kms:EnableKeyRotation", request.KeyId,
            key => key with { RotationPeriodInDays = request.RotationPeriodInDays ?? key.RotationPeriodInDays ?? DefaultRotationDays });
    }

    public Empty DisableRotation(Call call, KeyRequest request) =>
        Change(call, "kms:DisableKeyRotation", request.KeyId, key => key with { RotationPeriodInDays = null });

    public KeyRotationStatusResponse GetRotationStatus(Call call, KeyRequest request)
    {
        var key = finder.Find(call, "kms:GetKeyRotationStatus", request.KeyId);
        return new(key.RotationPeriodInDays is not null, key.Id, key.RotationPeriodInDays);
    }

    public ScheduleKeyDeletionResponse ScheduleDeletion(Call call, ScheduleKeyDeletionRequest request)
    {
        var days = request.PendingWindowInDays ?? 30;
        if (days is < 7 or > 30)
            throw ServiceException.Validation("pendingWindowInDays", $"{days}", "Member must have value between 7 and 30");
        var due = clock.GetUtcNow() + TimeSpan.FromDays(days);
        var id = "";
        Change(call, "kms:ScheduleKeyDeletion", request.KeyId, key =>
        {
            id = key.Id;
            return key with { DeletionDate = due, Enabled = false };
        });
        Schedule(new(call.Account, call.Region, id), due);
        return new(call.Arn("kms", $"key/{id}"), due, "PendingDeletion", days);
    }

    public CancelKeyDeletionResponse CancelDeletion(Call call, KeyRequest request)
    {
        var key = finder.Find(call, "kms:CancelKeyDeletion", request.KeyId);
        if (key.DeletionDate is null)
            throw new ServiceException("KMSInvalidStateException", $"{key.Arn} is not pending deletion.");
        state.Keys.Update(KeyOf(key), one => one with { DeletionDate = null });
        return new(key.Arn);
    }

    public Empty Tag(Call call, TagResourceRequest request) => Change(call, "kms:TagResource", request.KeyId, key => key with
    {
        Tags = [.. key.Tags.Where(tag => request.Tags.All(change => change.TagKey != tag.TagKey)), .. request.Tags],
    });

    public Empty Untag(Call call, UntagResourceRequest request) => Change(call, "kms:UntagResource", request.KeyId, key => key with
    {
        Tags = [.. key.Tags.Where(tag => !request.TagKeys.Contains(tag.TagKey))],
    });

    public ListResourceTagsResponse ListTags(Call call, PagedRequest request)
    {
        var key = finder.Find(call, "kms:ListResourceTags", request.KeyId ?? "");
        var page = Page<KeyTag>.Of(key.Tags, request.Marker, request.Limit ?? 50, "InvalidMarkerException");
        return new(page.Items, page.IsTruncated, page.Next);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, value) in state.Keys.All)
            if (value.DeletionDate is { } due)
                Schedule(key, due);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static ResourceKey KeyOf(KeyState key) => KeyFinder.KeyOf(key);

    private static string CheckPolicy(string policy) => PolicyDocument.Check(policy, PolicyKind.Resource, "MalformedPolicyDocumentException");

    // A cancelled deletion may have been scheduled again for later, so what is due is decided when the time has come.
    private void Schedule(ResourceKey key, DateTimeOffset due) => clock.At(due, $"deleting the key {key.Name}", () =>
    {
        if (state.Keys.TryGet(key, out var value) && value.DeletionDate <= clock.GetUtcNow())
        {
            state.Keys.Remove(key);
            foreach (var alias in state.Aliases.In(key.Account, key.Region).Where(alias => alias.KeyId == key.Name).ToList())
                state.Aliases.Remove(key with { Name = alias.Name });
        }

        return Task.CompletedTask;
    });

    private Empty Change(Call call, string action, string keyId, Func<KeyState, KeyState> change)
    {
        var key = finder.Find(call, action, keyId);
        if (key.ManagedBy is not null)
            throw new ServiceException("UnsupportedOperationException", $"{key.Arn} is managed by AWS.");
        if (key.DeletionDate is not null)
            throw new ServiceException("KMSInvalidStateException", $"{key.Arn} is pending deletion.");
        state.Keys.Update(KeyOf(key), change);
        return Empty.Value;
    }

    private static void RefuseAllButSymmetric(CreateKeyRequest request)
    {
        if ((request.KeySpec ?? request.CustomerMasterKeySpec) is { } spec and not "SYMMETRIC_DEFAULT")
            throw ServiceException.Unsupported($"The KMS key spec {spec}");
        if (request.KeyUsage is { } usage and not "ENCRYPT_DECRYPT")
            throw ServiceException.Unsupported($"The KMS key usage {usage}");
        if (request.Origin is { } origin and not "AWS_KMS")
            throw ServiceException.Unsupported($"The KMS key origin {origin}");
        if (request.MultiRegion == true)
            throw ServiceException.Unsupported("A multi-Region KMS key");
    }

    private static KeyMetadata Describe(KeyState key) => new(
        key.Arn.Split(':')[4], key.Id, key.Arn, key.Created, key.Enabled, key.Description, "ENCRYPT_DECRYPT",
        key.DeletionDate is not null ? "PendingDeletion" : key.Enabled ? "Enabled" : "Disabled", key.DeletionDate, "AWS_KMS",
        key.ManagedBy is null ? "CUSTOMER" : "AWS", "SYMMETRIC_DEFAULT", "SYMMETRIC_DEFAULT", ["SYMMETRIC_DEFAULT"], false);
}

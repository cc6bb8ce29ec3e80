using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Kms;

/// <summary>KMS's operations on symmetric keys.</summary>
internal sealed class KmsService(Keys keys, Aliases aliases, Cryptography cryptography) : IJsonService
{
    public string TargetPrefix => "TrentService";

    public OperationTable Operations { get; } = new OperationTable("KMS")
        .Add<CreateKeyRequest, KeyMetadataResponse>("CreateKey", keys.Create)
        .Add<DescribeKeyRequest, KeyMetadataResponse>("DescribeKey", keys.Describe)
        .Add<PagedRequest, ListKeysResponse>("ListKeys", keys.List)
        .Add<UpdateKeyDescriptionRequest, Empty>("UpdateKeyDescription", keys.UpdateDescription)
        .Add<KeyRequest, Empty>("EnableKey", keys.Enable)
        .Add<KeyRequest, Empty>("DisableKey", keys.Disable)
        .Add<KeyPolicyRequest, KeyPolicyResponse>("GetKeyPolicy", keys.GetPolicy)
        .Add<PutKeyPolicyRequest, Empty>("PutKeyPolicy", keys.PutPolicy)
        .Add<PagedRequest, ListKeyPoliciesResponse>("ListKeyPolicies", keys.ListPolicies)
        .Add<EnableKeyRotationRequest, Empty>("EnableKeyRotation", keys.EnableRotation)
        .Add<KeyRequest, Empty>("DisableKeyRotation", keys.DisableRotation)
        .Add<KeyRequest, KeyRotationStatusResponse>("GetKeyRotationStatus", keys.GetRotationStatus)
        .Add<ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse>("ScheduleKeyDeletion", keys.ScheduleDeletion)
        .Add<KeyRequest, CancelKeyDeletionResponse>("CancelKeyDeletion", keys.CancelDeletion)
        .Add<TagResourceRequest, Empty>("TagResource", keys.Tag)
        .Add<UntagResourceRequest, Empty>("UntagResource", keys.Untag)
        .Add<PagedRequest, ListResourceTagsResponse>("ListResourceTags", keys.ListTags)
        .Add<AliasRequest, Empty>("CreateAlias", aliases.Create)
        .Add<AliasRequest, Empty>("UpdateAlias", aliases.Update)
        .Add<DeleteAliasRequest, Empty>("DeleteAlias", aliases.Delete)
        .Add<PagedRequest, ListAliasesResponse>("ListAliases", aliases.List)
        .Add<EncryptRequest, EncryptResponse>("Encrypt", cryptography.Encrypt)
        .Add<DecryptRequest, DecryptResponse>("Decrypt", cryptography.Decrypt)
        .Add<GenerateDataKeyRequest, GenerateDataKeyResponse>("GenerateDataKey", cryptography.GenerateDataKey)
        .Add<GenerateDataKeyRequest, GenerateDataKeyResponse>("GenerateDataKeyWithoutPlaintext", cryptography.GenerateDataKeyWithoutPlaintext);
}

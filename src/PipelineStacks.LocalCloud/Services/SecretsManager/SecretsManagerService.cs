using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>Secrets Manager's operations. Replication, and rotation of what no service manages, are refused by name.</summary>
internal sealed class SecretsManagerService(Secrets secrets, SecretValues values, SecretDescriptions descriptions, Rotation rotation) : IJsonService
{
    public string TargetPrefix => "secretsmanager";

    public OperationTable Operations { get; } = new OperationTable("Secrets Manager")
        .Add<CreateSecretRequest, SecretVersionResponse>("CreateSecret", secrets.Create)
        .Add<UpdateSecretRequest, SecretVersionResponse>("UpdateSecret", secrets.Update)
        .Add<DeleteSecretRequest, DeleteSecretResponse>("DeleteSecret", secrets.Delete)
        .Add<SecretRequest, SecretResponse>("RestoreSecret", secrets.Restore)
        .AddAsync<RotateSecretRequest, SecretVersionResponse>("RotateSecret", rotation.RotateAsync)
        .Add<GetSecretValueRequest, GetSecretValueResponse>("GetSecretValue", values.Get)
        .Add<PutSecretValueRequest, PutSecretValueResponse>("PutSecretValue", values.Put)
        .Add<UpdateSecretVersionStageRequest, SecretResponse>("UpdateSecretVersionStage", values.UpdateStage)
        .Add<ListSecretVersionIdsRequest, ListSecretVersionIdsResponse>("ListSecretVersionIds", values.List)
        .Add<GetRandomPasswordRequest, GetRandomPasswordResponse>("GetRandomPassword", RandomPasswords.Get)
        .Add<SecretRequest, DescribeSecretResponse>("DescribeSecret", descriptions.Describe)
        .Add<ListSecretsRequest, ListSecretsResponse>("ListSecrets", descriptions.List)
        .Add<TagResourceRequest, Empty>("TagResource", descriptions.Tag)
        .Add<UntagResourceRequest, Empty>("UntagResource", descriptions.Untag)
        .Add<PutResourcePolicyRequest, SecretResponse>("PutResourcePolicy", descriptions.PutPolicy)
        .Add<SecretRequest, GetResourcePolicyResponse>("GetResourcePolicy", descriptions.GetPolicy)
        .Add<SecretRequest, SecretResponse>("DeleteResourcePolicy", descriptions.DeletePolicy);
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kms;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>Values are kept encrypted by the secret's KMS key, bound to the secret and the version as on AWS.</summary>
internal sealed class SecretCipher(KeyFinder keys)
{
    private const string DefaultKey = "alias/aws/secretsmanager";

    public byte[] Seal(Call call, string? keyId, string arn, string versionId, byte[] value)
    {
        var key = keys.Find(call, "kms:GenerateDataKey", keyId ?? DefaultKey);
        return key.Enabled
            ? Ciphertext.Seal(key, value, Context(arn, versionId))
            : throw new ServiceException("EncryptionFailure", $"Secrets Manager can't encrypt the protected secret text: the KMS key {key.Arn} is disabled or pending deletion.");
    }

    public byte[] Open(Call call, string arn, SecretVersion version)
    {
        var key = keys.Find(call, "kms:Decrypt", Ciphertext.KeyIdOf(version.Content));
        return key.Enabled
            ? Ciphertext.Open(key, version.Content, Context(arn, version.Id))
            : throw new ServiceException("DecryptionFailure", $"Secrets Manager can't decrypt the protected secret text: the KMS key {key.Arn} is disabled or pending deletion.");
    }

    private static Dictionary<string, string> Context(string arn, string versionId) => new() { ["SecretARN"] = arn, ["SecretVersionId"] = versionId };
}

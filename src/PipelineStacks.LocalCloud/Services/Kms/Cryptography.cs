using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Kms;

/// <summary>Encrypts with a key's secret, and decrypts what was encrypted under the same encryption context.</summary>
internal sealed class Cryptography(KeyFinder keys)
{
    private const string Algorithm = "SYMMETRIC_DEFAULT";
    private const int MaxPlaintext = 4096;

    public EncryptResponse Encrypt(Call call, EncryptRequest request)
    {
        CheckAlgorithm(request.EncryptionAlgorithm);
        if (request.Plaintext.Length is 0 or > MaxPlaintext)
            throw ServiceException.Validation("plaintext", null, $"Member must have length between 1 and {MaxPlaintext}");
        var key = Usable(call, "kms:Encrypt", request.KeyId);
        return new(Ciphertext.Seal(key, request.Plaintext, request.EncryptionContext), key.Arn, Algorithm);
    }

    public DecryptResponse Decrypt(Call call, DecryptRequest request)
    {
        CheckAlgorithm(request.EncryptionAlgorithm);
        var key = Usable(call, "kms:Decrypt", Ciphertext.KeyIdOf(request.CiphertextBlob));
        if (request.KeyId is { } expected && keys.Find(call, "kms:Decrypt", expected).Arn != key.Arn)
            throw new ServiceException("IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation.");
        return new(Ciphertext.Open(key, request.CiphertextBlob, request.EncryptionContext), key.Arn, Algorithm);
    }

    public GenerateDataKeyResponse GenerateDataKey(Call call, GenerateDataKeyRequest request) => GenerateDataKey(call, "kms:GenerateDataKey", request, withPlaintext: true);

    public GenerateDataKeyResponse GenerateDataKeyWithoutPlaintext(Call call, GenerateDataKeyRequest request) =>
        GenerateDataKey(call, "kms:GenerateDataKeyWithoutPlaintext", request, withPlaintext: false);

    private GenerateDataKeyResponse GenerateDataKey(Call call, string action, GenerateDataKeyRequest request, bool withPlaintext)
    {
        var key = Usable(call, action, request.KeyId);
        var length = (request.KeySpec, request.NumberOfBytes) switch
        {
            ("AES_256", null) => 32,
            ("AES_128", null) => 16,
            (null, >= 1 and <= 1024) => request.NumberOfBytes.Value,
            _ => throw new ServiceException("ValidationException", "Please specify either number of bytes or key spec."),
        };
        var plaintext = RandomNumberGenerator.GetBytes(length);
        return new(Ciphertext.Seal(key, plaintext, request.EncryptionContext), withPlaintext ? plaintext : null, key.Arn);
    }

    private KeyState Usable(Call call, string action, string keyId)
    {
        var key = keys.Find(call, action, keyId);
        if (key.DeletionDate is not null)
            throw new ServiceException("KMSInvalidStateException", $"{key.Arn} is pending deletion.");
        return key.Enabled ? key : throw new ServiceException("DisabledException", $"{key.Arn} is disabled.");
    }

    private static void CheckAlgorithm(string? algorithm)
    {
        if (algorithm is not (null or Algorithm))
            throw ServiceException.Unsupported($"The KMS encryption algorithm {algorithm}");
    }
}

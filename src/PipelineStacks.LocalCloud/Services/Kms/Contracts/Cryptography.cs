namespace PipelineStacks.LocalCloud.Services.Kms.Contracts;

internal sealed record EncryptRequest
{
    public required string KeyId { get; init; }
    public required byte[] Plaintext { get; init; }
    public IReadOnlyDictionary<string, string>? EncryptionContext { get; init; }
    public string? EncryptionAlgorithm { get; init; }
    public IReadOnlyList<string>? GrantTokens { get; init; }
}

internal sealed record DecryptRequest
{
    public required byte[] CiphertextBlob { get; init; }
    public string? KeyId { get; init; }
    public IReadOnlyDictionary<string, string>? EncryptionContext { get; init; }
    public string? EncryptionAlgorithm { get; init; }
    public IReadOnlyList<string>? GrantTokens { get; init; }
}

internal sealed record GenerateDataKeyRequest
{
    public required string KeyId { get; init; }
    public string? KeySpec { get; init; }
    public int? NumberOfBytes { get; init; }
    public IReadOnlyDictionary<string, string>? EncryptionContext { get; init; }
    public IReadOnlyList<string>? GrantTokens { get; init; }
}

internal sealed record EncryptResponse(byte[] CiphertextBlob, string KeyId, string EncryptionAlgorithm);

internal sealed record DecryptResponse(byte[] Plaintext, string KeyId, string EncryptionAlgorithm);

internal sealed record GenerateDataKeyResponse(byte[] CiphertextBlob, byte[]? Plaintext, string KeyId);

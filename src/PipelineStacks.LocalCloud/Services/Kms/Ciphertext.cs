using System.Security.Cryptography;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Kms;

/// <summary>
/// A ciphertext: a version, the key's id, a nonce, AES-GCM's tag and the encrypted bytes. Key id and encryption context are
/// authenticated with it, so that it opens under the very context alone that it was made under.
/// </summary>
internal static class Ciphertext
{
    private const byte Version = 1;
    private const int IdAt = 1;
    private const int NonceAt = IdAt + 16;
    private const int TagAt = NonceAt + 12;
    private const int ContentAt = TagAt + 16;

    public static byte[] Seal(KeyState key, ReadOnlySpan<byte> plaintext, IReadOnlyDictionary<string, string>? context)
    {
        var sealedBytes = new byte[ContentAt + plaintext.Length];
        sealedBytes[0] = Version;
        Guid.Parse(key.Id).TryWriteBytes(sealedBytes.AsSpan(IdAt));
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(NonceAt, TagAt - NonceAt));
        using var aes = new AesGcm(key.Secret, ContentAt - TagAt);
        aes.Encrypt(sealedBytes.AsSpan(NonceAt, TagAt - NonceAt), plaintext, sealedBytes.AsSpan(ContentAt), sealedBytes.AsSpan(TagAt, ContentAt - TagAt), Bound(key, context));
        return sealedBytes;
    }

    public static byte[] Open(KeyState key, ReadOnlySpan<byte> ciphertext, IReadOnlyDictionary<string, string>? context)
    {
        var plaintext = new byte[ciphertext.Length - ContentAt];
        using var aes = new AesGcm(key.Secret, ContentAt - TagAt);
        try
        {
            aes.Decrypt(ciphertext[NonceAt..TagAt], ciphertext[ContentAt..], ciphertext[TagAt..ContentAt], plaintext, Bound(key, context));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Invalid();
        }

        return plaintext;
    }

    /// <exception cref="ServiceException">The bytes are no ciphertext of this cloud.</exception>
    public static string KeyIdOf(ReadOnlySpan<byte> ciphertext) =>
        ciphertext.Length > ContentAt && ciphertext[0] == Version ? new Guid(ciphertext[IdAt..NonceAt]).ToString() : throw Invalid();

    // The order in which a client names the context's pairs does not matter.
    private static byte[] Bound(KeyState key, IReadOnlyDictionary<string, string>? context) =>
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            key.Id,
            Context = (context ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new[] { pair.Key, pair.Value }),
        });

    // As terse as the real one, whose message is null.
    private static ServiceException Invalid() => new("InvalidCiphertextException", "The ciphertext is not valid for this key and encryption context.");
}

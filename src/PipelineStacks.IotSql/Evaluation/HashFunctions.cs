using System.Security.Cryptography;
using System.Text;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>Hashes of a string's UTF-8 bytes, in lower-case hexadecimal.</summary>
internal static class HashFunctions
{
    public static IEnumerable<Function> All { get; } =
    [
        Hash("md2", OldHashes.Md2),
        Hash("md5", MD5.HashData),
        Hash("sha1", SHA1.HashData),
        Hash("sha224", OldHashes.Sha224),
        Hash("sha256", SHA256.HashData),
        Hash("sha384", SHA384.HashData),
        Hash("sha512", SHA512.HashData),
    ];

    private static Function Hash(string name, Func<byte[], byte[]> hash) => new(name, 1, 1, (_, arguments) =>
        Conversions.ToText(arguments[0]) is { } text ? new StringValue(Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(text)))) : SqlValue.Undefined);
}

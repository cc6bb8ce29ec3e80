using System.Security.Cryptography;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>Names of tables as Glue makes them: letters, digits and underlines, 128 at most, a hash behind the second of a name.</summary>
internal static class TableNames
{
    private const int MaxLength = 128;

    public static string Of(string? prefix, string folder) => Cut(Plain(prefix + folder), MaxLength);

    /// <summary>The name of a table at a location where another one already has the plain name.</summary>
    public static string Hashed(string name, string location)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(location)).AsSpan(0, 16));
        return $"{Cut(name, MaxLength - hash.Length - 1)}_{hash}";
    }

    public static string Plain(string name) =>
        string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Cut(string name, int length) => name[..Math.Min(name.Length, length)];
}

using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace PipelineStacks.LocalCloud.Calls;

/// <summary>
/// Which principal an access key stands for. Any credentials are accepted: 12 digits as the access key choose that account,
/// a key given out by <c>sts:AssumeRole</c> stands for its session, anything else for the default account.
/// </summary>
internal sealed class Sessions
{
    private readonly ConcurrentDictionary<string, Principal> _assumed = new(StringComparer.Ordinal);

    /// <summary>An access key as temporary credentials have it.</summary>
    public static string NewAccessKeyId() => "ASIA" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);

    public void Remember(string accessKeyId, Principal principal) => _assumed[accessKeyId] = principal;

    /// <summary>The key stands for nobody in particular from now on: what it was given to has ended.</summary>
    public void Forget(string accessKeyId) => _assumed.TryRemove(accessKeyId, out _);

    public Principal Resolve(string? accessKeyId)
    {
        if (accessKeyId is null)
            return Principal.Root(Principal.DefaultAccount);
        if (_assumed.TryGetValue(accessKeyId, out var principal))
            return principal;
        return Principal.Root(accessKeyId.Length == 12 && accessKeyId.All(char.IsAsciiDigit) ? accessKeyId : Principal.DefaultAccount);
    }
}

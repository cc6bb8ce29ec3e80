namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>The order in which S3 lists keys: by their UTF-8 bytes, which for UTF-16 text differs from the ordinal order.</summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static readonly KeyOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var common = x.AsSpan().CommonPrefixLength(y);
        return common == x.Length || common == y.Length ? x.Length - y.Length : Rank(x[common]) - Rank(y[common]);
    }

    // Surrogates stand for the code points above U+FFFF, which are behind all others in UTF-8.
    private static int Rank(char c) => c < 0xD800 ? c : c >= 0xE000 ? c - 0x800 : c + 0x2000;
}

using System.Globalization;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>Answers page by page. A token is opaque to clients and says where the next page begins.</summary>
internal static class Paging
{
    public static (IReadOnlyList<T> Items, string? NextToken) Page<T>(
        IReadOnlyList<T> all, string? token, int? max, int limit, Func<Exception> invalidToken)
    {
        var start = token is null ? 0 : Read(token) ?? throw invalidToken();
        if (start > all.Count)
            throw invalidToken();
        var count = Math.Min(Math.Min(max ?? limit, limit), all.Count - start);
        var next = start + count;
        return ([.. all.Skip(start).Take(count)], next < all.Count ? Write(next) : null);
    }

    private static string Write(int start) => Convert.ToBase64String(Encoding.ASCII.GetBytes(start.ToString(CultureInfo.InvariantCulture)));

    private static int? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[16];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && int.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : null;
    }
}

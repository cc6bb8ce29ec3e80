using System.Globalization;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services;

/// <summary>One page of a list whose marker is the index to go on from.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    public bool IsTruncated => Next is not null;

    /// <param name="errorCode">The service's code for a marker that it did not give out.</param>
    public static Page<T> Of(IEnumerable<T> all, string? marker, int size, string errorCode)
    {
        var start = 0;
        if (marker is not null && !int.TryParse(marker, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            throw new ServiceException(errorCode, $"The token {marker} is not valid.");
        var items = all.Skip(start).Take(size + 1).ToList();
        if (items.Count <= size)
            return new(items, null);
        items.RemoveAt(size);
        return new(items, (start + size).ToString(CultureInfo.InvariantCulture));
    }
}

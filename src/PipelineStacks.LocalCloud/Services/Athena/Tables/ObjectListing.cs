using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>The objects of a table, listed once and then found by their folders.</summary>
internal sealed class ObjectListing(IObjectStore store, Call call)
{
    private readonly Dictionary<S3Location, List<StoredObject>> _listed = [];

    /// <summary>The objects of a folder, at any depth, that hold rows.</summary>
    /// <param name="under">The folder that is listed for it, which many folders share.</param>
    public IEnumerable<StoredObject> Of(S3Location folder, S3Location under)
    {
        if (folder.Bucket != under.Bucket || !folder.Prefix.StartsWith(under.Prefix, StringComparison.Ordinal))
            under = folder;
        var all = List(under);
        for (var i = LowerBound(all, folder.Prefix); i < all.Count && all[i].Key.StartsWith(folder.Prefix, StringComparison.Ordinal); i++)
            if (HoldsRows(all[i], folder.Prefix.Length))
                yield return all[i];
    }

    // Names that begin with a dot or an underline are hidden in Hive; empty objects are folders that consoles make.
    private static bool HoldsRows(StoredObject found, int prefix) =>
        found.Size > 0 && !found.Key[prefix..].Split('/').Any(part => part.StartsWith('.') || part.StartsWith('_'));

    private List<StoredObject> List(S3Location under)
    {
        if (_listed.TryGetValue(under, out var all))
            return all;
        all = [.. store.List(call, under.Bucket, under.Prefix).OrderBy(found => found.Key, StringComparer.Ordinal)];
        return _listed[under] = all;
    }

    private static int LowerBound(List<StoredObject> all, string prefix)
    {
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(all[middle].Key, prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>Lists a target's objects as folders, without what is excluded, empty or hidden.</summary>
internal static class TargetListing
{
    /// <exception cref="CrawlException">The bucket does not exist.</exception>
    public static Folder List(IObjectStore store, Call role, S3Target target)
    {
        var place = S3Location.Parse(target.Path!)!.Value;
        var exclusions = (target.Exclusions ?? []).Select(pattern => new Glob(pattern)).ToList();
        IReadOnlyList<StoredObject> all;
        try
        {
            all = store.List(role, place.Bucket, place.Prefix);
        }
        catch (ServiceException error)
        {
            throw new CrawlException($"The S3 location {target.Path} can't be listed: {error.Message} ({error.Code})");
        }

        // "s3://bucket/events" is the folder or the object of that name, and not "events-old" beside it.
        var folder = place.Folder.Prefix;
        var root = all.Any(found => found.Key == place.Prefix && found.Key != folder) ? folder[..(place.Prefix.LastIndexOf('/') + 1)] : folder;
        var tree = Folder.Of(place.Bucket, root);
        foreach (var found in all.Where(found => found.Key == place.Prefix || found.Key.StartsWith(folder, StringComparison.Ordinal)))
        {
            var path = found.Key[Math.Min(found.Key.Length, folder.Length)..];
            if (found.Size > 0 && !IsHidden(found.Key[root.Length..]) && !exclusions.Exists(glob => glob.Matches(path)))
                tree.Add(found);
        }

        return tree;
    }

    // As Athena, Hive and Spark have it; empty objects are folders that consoles make.
    private static bool IsHidden(string path) => path.EndsWith('/') || path.Split('/').Any(part => part.StartsWith('_') || part.StartsWith('.') || part.EndsWith("_$folder$", StringComparison.Ordinal));
}

using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>Which files of earlier runs may go: those that no partition refers to, and that none did when a query still running began.</summary>
internal static class Retention
{
    /// <param name="objects">All objects of runs' folders.</param>
    /// <param name="root">The table's location.</param>
    /// <param name="referenced">The locations of partitions.</param>
    /// <param name="before">What was replaced after this stays.</param>
    public static IReadOnlyList<StoredObject> Removable(
        IEnumerable<StoredObject> objects, S3Location root, IEnumerable<string> referenced, DateTimeOffset before)
    {
        var kept = referenced.Select(location => location.TrimEnd('/')).ToHashSet(StringComparer.Ordinal);
        var folders = objects.GroupBy(one => one.Key[..one.Key.LastIndexOf('/')])
            .Select(group => new Folder(group.Key, PartitionOf(group.Key[root.Prefix.Length..]), group.Max(one => one.LastModified), [.. group])).ToList();
        return
        [
            .. folders.Where(folder => !kept.Contains($"s3://{root.Bucket}/{folder.Path}") && ReplacedAt(folder, folders) < before)
                .SelectMany(folder => folder.Objects),
        ];
    }

    // A folder is replaced when the next one of the same partition is written. Where there is none, a later run left the
    // partition out; where there is no later run, a run was killed before it registered the folder.
    private static DateTimeOffset ReplacedAt(Folder folder, List<Folder> all) =>
        all.Where(other => other.Written > folder.Written && other.Partition == folder.Partition).Select(other => (DateTimeOffset?)other.Written).Min()
        ?? all.Where(other => other.Written > folder.Written).Select(other => (DateTimeOffset?)other.Written).Min()
        ?? folder.Written;

    private static string PartitionOf(string path) => path.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? path[slash..] : "";

    private sealed record Folder(string Path, string Partition, DateTimeOffset Written, IReadOnlyList<StoredObject> Objects);
}

using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>
/// Finds the tables under a target. From the leaves up, folders whose schemas are similar for the most part become partitions of
/// one table, and the others tables of their own.
/// </summary>
/// <param name="sampleSize">How many files of a folder are read; null for all.</param>
internal sealed class Survey(
    FileClassifier classifier, CrawlLog log, bool combine, int? tableLevel, int? sampleSize, CancellationToken stop)
{
    public IReadOnlyList<FoundTable> Tables(Folder root) => Fold(root);

    /// <summary>What is directly in a folder, which may be tables of files where they don't go together.</summary>
    public IReadOnlyList<FoundTable> Leaf(Folder folder)
    {
        var files = Classified(folder);
        var clusters = Clusters(files, (a, b) => a.Schema.IsSimilarTo(b.Schema, combine));
        if (clusters.Count == 0)
            return [];
        var most = clusters.MaxBy(cluster => cluster.Count)!;
        if (most.Count * 2 <= files.Count)
            return [.. files.Select(OfFile)];
        var schema = most.Select(file => file.Schema).Aggregate((first, second) => first.Merge(second));
        var records = (long)Math.Round(schema.Records * ((double)folder.Files.Count / files.Count));
        var part = new FoundPart([], folder.Uri, schema with { Records = records }, folder.Files.Sum(file => file.Size), folder.Files.Count);
        return [new FoundTable(folder.Name, folder.Uri, [part]), .. files.Except(most).Select(OfFile)];
    }

    private IReadOnlyList<FoundTable> Fold(Folder folder)
    {
        stop.ThrowIfCancellationRequested();
        var own = folder.Files.Count > 0 ? Leaf(folder) : [];
        var children = folder.Children.Values.Select(child => (Folder: child, Tables: Fold(child))).Where(child => child.Tables.Count > 0).ToList();
        // Tables that lie apart stay apart: above them there is nothing to be a partition of.
        if (children.Count == 0 || own.Count > 0 || folder.Level < tableLevel || children.Exists(child => child.Tables is not [var only] || only.Location != child.Folder.Uri))
            return [.. own, .. children.SelectMany(child => child.Tables)];
        var together = combine || folder.Level >= tableLevel;
        var clusters = Clusters(children, (a, b) => a.Tables[0].Depth == b.Tables[0].Depth && a.Tables[0].Schema.IsSimilarTo(b.Tables[0].Schema, together));
        var most = clusters.MaxBy(cluster => cluster.Count)!;
        if (most.Count * 2 <= children.Count)
            return [.. children.SelectMany(child => child.Tables)];
        var table = new FoundTable(folder.Name, folder.Uri, [.. most.SelectMany(child => child.Tables[0].Parts.Select(part => part.Under(child.Folder.Name)))]);
        return [table, .. children.Except(most).SelectMany(child => child.Tables)];
    }

    private List<(StoredObject File, FileSchema Schema)> Classified(Folder folder)
    {
        var files = new List<(StoredObject, FileSchema)>();
        foreach (var file in folder.Files.Take(sampleSize ?? int.MaxValue))
        {
            stop.ThrowIfCancellationRequested();
            if (classifier.Classify(file) is { } schema)
                files.Add((file, schema));
            else
                log.Info($"The classification of s3://{file.Bucket}/{file.Key} is UNKNOWN: no table is made for it.");
        }

        return files;
    }

    private static FoundTable OfFile((StoredObject File, FileSchema Schema) found)
    {
        var uri = $"s3://{found.File.Bucket}/{found.File.Key}";
        return new(found.File.Key[(found.File.Key.LastIndexOf('/') + 1)..], uri, [new([], uri, found.Schema, found.File.Size, 1)]);
    }

    // Each joins the first cluster whose first member it is like.
    private static List<List<T>> Clusters<T>(IReadOnlyList<T> items, Func<T, T, bool> isSimilar)
    {
        var clusters = new List<List<T>>();
        foreach (var item in items)
        {
            if (clusters.Find(cluster => isSimilar(cluster[0], item)) is { } own)
                own.Add(item);
            else
                clusters.Add([item]);
        }

        return clusters;
    }
}

using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>A folder of a target with the objects directly in it.</summary>
/// <param name="Name">The folder's own; the bucket's for its root.</param>
/// <param name="Prefix">Of the keys in it, with a slash at the end; empty for the bucket's root.</param>
internal sealed record Folder(string Bucket, string Name, string Prefix)
{
    public List<StoredObject> Files { get; } = [];

    public SortedDictionary<string, Folder> Children { get; } = new(StringComparer.Ordinal);

    public string Uri => $"s3://{Bucket}/{Prefix}";

    /// <summary>As TableLevelConfiguration counts: the bucket is 1.</summary>
    public int Level => 1 + Prefix.Count(letter => letter == '/');

    /// <summary>All folders from here down that hold objects.</summary>
    public IEnumerable<Folder> Leaves() => (Files.Count > 0 ? [this] : Enumerable.Empty<Folder>()).Concat(Children.Values.SelectMany(child => child.Leaves()));

    public static Folder Of(string bucket, string prefix) =>
        new(bucket, prefix.Length == 0 ? bucket : prefix.TrimEnd('/')[(prefix.TrimEnd('/').LastIndexOf('/') + 1)..], prefix);

    public void Add(StoredObject found)
    {
        var folder = this;
        foreach (var name in found.Key[Prefix.Length..].Split('/')[..^1])
        {
            if (!folder.Children.TryGetValue(name, out var child))
                folder.Children.Add(name, child = new(Bucket, name, $"{folder.Prefix}{name}/"));
            folder = child;
        }

        folder.Files.Add(found);
    }
}

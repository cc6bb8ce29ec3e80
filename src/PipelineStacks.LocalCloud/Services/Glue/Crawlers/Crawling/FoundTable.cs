using System.Globalization;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

/// <summary>A table that a crawl has found: a place and the partitions under it.</summary>
/// <param name="Name">Of the folder or file.</param>
/// <param name="Location">As <c>s3://bucket/prefix/</c>, or a file's URI.</param>
/// <param name="Parts">One with no path where the table has no partitions.</param>
internal sealed record FoundTable(string Name, string Location, IReadOnlyList<FoundPart> Parts)
{
    public int Depth => Parts[0].Path.Count;

    public FileSchema Schema { get; } = Parts.Select(part => part.Schema).Aggregate((first, second) => first.Merge(second));

    /// <summary>The names of the keys: what stands before the equals sign where all folders of a level have the same, else <c>partition_0…</c></summary>
    public IReadOnlyList<string> Keys() => [.. Enumerable.Range(0, Depth).Select(level =>
    {
        var names = Parts.Select(part => KeyOf(part.Path[level])).Distinct().ToList();
        return names is [{ } name] ? name : $"partition_{level.ToString(CultureInfo.InvariantCulture)}";
    })];

    public IReadOnlyList<string> ValuesOf(FoundPart part)
    {
        var keys = Keys();
        return [.. part.Path.Select((folder, level) => KeyOf(folder) == keys[level] ? Uri.UnescapeDataString(folder[(folder.IndexOf('=', StringComparison.Ordinal) + 1)..]) : folder)];
    }

    /// <returns>Null for a folder that is no <c>key=value</c>.</returns>
    public static string? KeyOf(string folder) =>
        folder.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? TableNames.Plain(folder[..at]) : null;
}

/// <summary>The objects of one folder.</summary>
/// <param name="Path">The folders from the table's down to it.</param>
internal sealed record FoundPart(IReadOnlyList<string> Path, string Location, FileSchema Schema, long Bytes, long Objects)
{
    public FoundPart Under(string folder) => this with { Path = [folder, .. Path] };
}

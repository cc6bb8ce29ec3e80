using System.Collections.Immutable;

namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>What a bucket holds at one moment: the sum of its journal.</summary>
internal sealed record BucketContents(ObjectIndex Objects, ImmutableSortedDictionary<string, Upload> Uploads)
{
    public static readonly BucketContents Empty =
        new(ObjectIndex.Empty, ImmutableSortedDictionary.Create<string, Upload>(StringComparer.Ordinal));

    /// <param name="freed">Takes the files that nothing refers to any more.</param>
    public BucketContents Apply(JournalEntry entry, ICollection<string> freed)
    {
        var (objects, uploads) = (Objects, Uploads);
        if (entry.Put is { } put)
            objects = objects.With(new KeyEntry(put.Key, [put, .. Drop(objects.Find(put.Key), put.VersionId, freed)]));
        if (entry.Change is { } change && objects.Find(change.Key) is { } changed)
            objects = objects.With(changed with
            {
                Versions = [.. changed.Versions.Select(old => old.VersionId == change.VersionId ? change : old)],
            });
        if (entry.Remove is { } remove && objects.Find(remove.Key) is { } entryOfRemoved)
            objects = Drop(entryOfRemoved, remove.VersionId, freed) is { Length: > 0 } left
                ? objects.With(entryOfRemoved with { Versions = left })
                : objects.Without(entryOfRemoved);
        if (entry.Begin is { } begin)
            uploads = uploads.SetItem(begin.Id, begin);
        if (entry is { PartOf: { } id, Part: { } part } && uploads.TryGetValue(id, out var upload))
        {
            if (upload.Parts.TryGetValue(part.Number, out var replaced))
                freed.Add(replaced.File);
            uploads = uploads.SetItem(id, upload with { Parts = upload.Parts.SetItem(part.Number, part) });
        }

        if (entry.End is { } end && uploads.TryGetValue(end, out var ended))
        {
            foreach (var old in ended.Parts.Values)
                freed.Add(old.File);
            uploads = uploads.Remove(end);
        }

        return new(objects, uploads);
    }

    /// <summary>The shortest journal that leads here.</summary>
    public IEnumerable<JournalEntry> Entries()
    {
        foreach (var key in Objects.All)
            for (var i = key.Versions.Length - 1; i >= 0; i--)
                yield return new JournalEntry { Put = key.Versions[i] };
        foreach (var upload in Uploads.Values)
        {
            yield return new JournalEntry { Begin = upload };
            foreach (var part in upload.Parts.Values)
                yield return new JournalEntry { PartOf = upload.Id, Part = part };
        }
    }

    public IEnumerable<string> Files() =>
        Objects.All.SelectMany(key => key.Versions).Select(version => version.File).OfType<string>()
            .Concat(Uploads.Values.SelectMany(upload => upload.Parts.Values).Select(part => part.File));

    private static ImmutableArray<ObjectVersion> Drop(KeyEntry? entry, string versionId, ICollection<string> freed)
    {
        if (entry is null)
            return [];
        if (entry.Version(versionId) is not { } dropped)
            return entry.Versions;
        if (dropped.File is { } file)
            freed.Add(file);
        return entry.Versions.Remove(dropped, ReferenceEqualityComparer.Instance);
    }
}

using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>What a listing asks for.</summary>
/// <param name="After">Where the page before ended; null for the first page.</param>
internal sealed record ListQuestion(string Prefix, string Delimiter, ListPosition? After, int Max);

/// <summary>A place in a listing: behind a key, or behind all keys of a common prefix.</summary>
/// <param name="VersionId">In a listing of versions, the one that stands last; null behind all of the key's.</param>
internal sealed record ListPosition(string Name, bool IsPrefix, string? VersionId = null);

/// <param name="Next">Where the next page goes on; null when this is the last.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, IReadOnlyList<string> CommonPrefixes, ListPosition? Next);

/// <summary>A version in a listing of versions.</summary>
internal sealed record ListedVersion(ObjectVersion Version, bool IsLatest);

/// <summary>Pages through a bucket in the order of keys; keys that share a common prefix count as one.</summary>
internal static class Listing
{
    public static ListPage<ObjectVersion> Objects(ObjectIndex index, ListQuestion question) =>
        Page<ObjectVersion>(index, question,
            entry => entry.Current is { } current ? [current] : [], version => new ListPosition(version.Key, false));

    public static ListPage<ListedVersion> Versions(ObjectIndex index, ListQuestion question) =>
        Page(index, question, entry => entry.Versions.Select((version, i) => new ListedVersion(version, i == 0)),
            listed => new ListPosition(listed.Version.Key, false, listed.Version.VersionId));

    private static ListPage<T> Page<T>(
        ObjectIndex index, ListQuestion question, Func<KeyEntry, IEnumerable<T>> itemsOf, Func<T, ListPosition> positionOf)
    {
        var items = new List<T>();
        var prefixes = new List<string>();
        ListPosition? last = null;
        var position = Start(index, question);
        var resume = question.After;
        while (question.Max > 0 && index.At(position) is { } entry && entry.Key.StartsWith(question.Prefix, StringComparison.Ordinal))
        {
            var listed = itemsOf(entry);
            if (resume is { VersionId: not null } && resume.Name == entry.Key)
                listed = listed.SkipWhile(item => positionOf(item).VersionId != resume.VersionId).Skip(1);
            if (CommonPrefix(entry.Key, question) is { } common && listed.Any())
            {
                if (items.Count + prefixes.Count == question.Max)
                    return new(items, prefixes, last);
                prefixes.Add(common);
                last = new(common, true);
                position = index.Behind(common, position);
                continue;
            }

            foreach (var item in listed)
            {
                if (items.Count + prefixes.Count == question.Max)
                    return new(items, prefixes, last);
                items.Add(item);
                last = positionOf(item);
            }

            position++;
        }

        return new(items, prefixes, null);
    }

    private static int Start(ObjectIndex index, ListQuestion question)
    {
        var start = index.PositionOf(question.Prefix);
        if (question.After is not { } after)
            return start;
        var resumed = index.PositionOf(after.Name);
        if (after.IsPrefix)
            resumed = index.Behind(after.Name, resumed);
        else if (after.VersionId is null && index.At(resumed)?.Key == after.Name)
            resumed++;
        return Math.Max(start, resumed);
    }

    private static string? CommonPrefix(string key, ListQuestion question)
    {
        if (question.Delimiter.Length == 0)
            return null;
        var at = key.IndexOf(question.Delimiter, question.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + question.Delimiter.Length)];
    }
}

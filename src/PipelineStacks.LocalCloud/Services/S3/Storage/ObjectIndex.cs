using System.Collections.Immutable;

namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>A key with its versions, the newest first. There is at least one.</summary>
internal sealed record KeyEntry(string Key, ImmutableArray<ObjectVersion> Versions)
{
    /// <summary>What the key shows without a version id; null when that is a delete marker.</summary>
    public ObjectVersion? Current => Versions[0].DeleteMarker ? null : Versions[0];

    public ObjectVersion? Version(string versionId)
    {
        foreach (var version in Versions)
            if (version.VersionId == versionId)
                return version;
        return null;
    }
}

/// <summary>The keys of a bucket in their order. Immutable: whoever lists sees one moment and holds up nobody.</summary>
internal sealed class ObjectIndex
{
    public static readonly ObjectIndex Empty = new(ImmutableSortedSet.Create<KeyEntry>(new ByKey()));

    private readonly ImmutableSortedSet<KeyEntry> _entries;

    private ObjectIndex(ImmutableSortedSet<KeyEntry> entries) => _entries = entries;

    public bool IsEmpty => _entries.IsEmpty;

    public IEnumerable<KeyEntry> All => _entries;

    public KeyEntry? Find(string key) => _entries.TryGetValue(Probe(key), out var entry) ? entry : null;

    /// <summary>The keys at and behind a position.</summary>
    public IEnumerable<KeyEntry> From(string key)
    {
        for (var i = PositionOf(key); i < _entries.Count; i++)
            yield return _entries[i];
    }

    /// <summary>How many keys stand before this one.</summary>
    public int PositionOf(string key)
    {
        var found = _entries.IndexOf(Probe(key));
        return found < 0 ? ~found : found;
    }

    public KeyEntry? At(int position) => position < _entries.Count ? _entries[position] : null;

    /// <summary>The first position behind all keys with a prefix, where one of those keys stands at a position.</summary>
    public int Behind(string prefix, int position)
    {
        var (low, high) = (position, _entries.Count);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (_entries[middle].Key.StartsWith(prefix, StringComparison.Ordinal))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    public ObjectIndex With(KeyEntry entry) => new(_entries.Remove(entry).Add(entry));

    public ObjectIndex Without(KeyEntry entry) => new(_entries.Remove(entry));

    private static KeyEntry Probe(string key) => new(key, []);

    private sealed class ByKey : IComparer<KeyEntry>
    {
        public int Compare(KeyEntry? x, KeyEntry? y) => KeyOrder.Instance.Compare(x?.Key, y?.Key);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PipelineStacks.LocalCloud.State;

/// <summary>
/// Resources of one kind, in memory and one JSON file each on disk. A value is an immutable record; a change replaces it.
/// Files are replaced by renaming, so a killed process leaves the old state or the new one, never half of one.
/// </summary>
internal sealed class StateCollection<T> where T : class
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly ConcurrentDictionary<ResourceKey, T> _items = new();
    private readonly string _folder;
    private readonly Lock _writing = new();

    public StateCollection(string folder)
    {
        _folder = folder;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            var stored = Read(file);
            _items[stored.Key] = stored.Value;
        }
    }

    public bool TryGet(ResourceKey key, [NotNullWhen(true)] out T? value) => _items.TryGetValue(key, out value);

    public void Put(ResourceKey key, T value)
    {
        lock (_writing)
        {
            var file = FileOf(key);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var next = file + ".next";
            File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(new Stored(key, value), Json));
            File.Move(next, file, overwrite: true);
            _items[key] = value;
        }
    }

    /// <summary>Keeps a new resource.</summary>
    /// <returns>False, and nothing is changed, where there is one of that name.</returns>
    public bool TryAdd(ResourceKey key, T value)
    {
        lock (_writing)
        {
            if (_items.ContainsKey(key))
                return false;
            Put(key, value);
            return true;
        }
    }

    /// <summary>Replaces a resource by what the change makes of it, with no other change in between.</summary>
    /// <returns>The new value; null where there is no such resource. A change that throws changes nothing.</returns>
    public T? Update(ResourceKey key, Func<T, T> change)
    {
        lock (_writing)
        {
            if (!_items.TryGetValue(key, out var before))
                return null;
            var after = change(before);
            if (!ReferenceEquals(before, after))
                Put(key, after);
            return after;
        }
    }

    public bool Remove(ResourceKey key)
    {
        lock (_writing)
        {
            // Asked first: deleting a file in a folder that was never made is an error, and a key that is not held has none.
            if (!_items.ContainsKey(key))
                return false;
            File.Delete(FileOf(key));
            return _items.TryRemove(key, out _);
        }
    }

    /// <summary>The resources of one account and Region, by name.</summary>
    public IEnumerable<T> In(string account, string region) =>
        _items.Where(item => item.Key.Account == account && item.Key.Region == region)
            .OrderBy(item => item.Key.Name, StringComparer.Ordinal).Select(item => item.Value);

    public IEnumerable<KeyValuePair<ResourceKey, T>> All => _items;

    private static Stored Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(file), Json) is { Value: not null } stored
                ? stored
                : throw new CorruptStateException(file, "it holds nothing");
        }
        catch (JsonException error)
        {
            throw new CorruptStateException(file, error.Message);
        }
    }

    private string FileOf(ResourceKey key) =>
        Path.Combine(_folder, key.Account, key.Region.Length == 0 ? "global" : key.Region, FileName(key.Name) + ".json");

    // Names may hold what files may not, be longer, or differ in case alone, which some file systems don't tell apart: such
    // names end in a hash, and the key inside the file is the truth.
    private static string FileName(string name)
    {
        var escaped = Uri.EscapeDataString(name).Replace("*", "%2A", StringComparison.Ordinal);
        if (escaped.Length <= 80 && !name.Any(char.IsUpper))
            return escaped;
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name));
        return $"{escaped[..Math.Min(escaped.Length, 80)]}~{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }

    private sealed record Stored(ResourceKey Key, T Value);
}

using System.Text;
using System.Text.Json;
using PipelineStacks.Aws.S3;

namespace PipelineStacks.Cli.Quarantines;

/// <summary>The note on which records of a file were replayed: a line of JSON for each.</summary>
/// <param name="ETag">Of the note that was read; null where there is none yet.</param>
internal sealed record Ledger(IReadOnlyDictionary<string, LedgerEntry> Entries, string? ETag)
{
    public const string ContentType = "application/x-ndjson";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Ledger Empty { get; } = new(new Dictionary<string, LedgerEntry>(), null);

    public bool Holds(string id) => Entries.ContainsKey(id);

    public static async Task<Ledger> ReadAsync(ObjectContent content, CancellationToken cancel)
    {
        using var reader = new StreamReader(content.Stream, Encoding.UTF8);
        var entries = new Dictionary<string, LedgerEntry>(StringComparer.Ordinal);
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length > 0 && JsonSerializer.Deserialize<LedgerEntry>(line, Json) is { } entry)
                entries[entry.Id] = entry;
        }

        return new(entries, content.ETag);
    }

    /// <summary>The note with more entries; a record that was replayed twice keeps the first.</summary>
    public byte[] With(IEnumerable<LedgerEntry> more)
    {
        var all = new Dictionary<string, LedgerEntry>(Entries, StringComparer.Ordinal);
        foreach (var entry in more)
            all.TryAdd(entry.Id, entry);
        return Encoding.UTF8.GetBytes(string.Concat(all.Values.Select(entry => JsonSerializer.Serialize(entry, Json) + "\n")));
    }
}

/// <summary>A record that was replayed.</summary>
/// <param name="To">The stream or the file that it went to.</param>
internal sealed record LedgerEntry(string Id, DateTimeOffset At, string To);

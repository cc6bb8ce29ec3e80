using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineStacks.Cli.Guard;

/// <summary>The changes that somebody has thought about: each with its reason and the day on which the permission ends.</summary>
internal sealed class AllowList
{
    /// <summary>Where it is looked for in a checkout.</summary>
    public const string DefaultFile = ".ci/guard-allow.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private readonly IReadOnlyList<AllowedChange> _entries;

    private AllowList(IReadOnlyList<AllowedChange> entries) => _entries = entries;

    public static AllowList Empty { get; } = new([]);

    /// <exception cref="UserError">The file can't be read, or an entry is incomplete or over.</exception>
    public static AllowList Read(string file, DateOnly today)
    {
        IReadOnlyList<AllowedChange> entries;
        try
        {
            entries = JsonSerializer.Deserialize<List<AllowedChange>>(File.ReadAllText(file), Json) ?? [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserError($"{file} can't be used: {error.Message}");
        }

        var mistakes = entries.SelectMany((entry, i) => entry.Mistakes(today).Select(mistake => $"{file}: entry {i + 1} ({entry.Resource ?? "no resource"}): {mistake}")).ToList();
        return mistakes.Count == 0 ? new(entries) : throw new UserError(string.Join(Environment.NewLine, mistakes));
    }

    /// <summary>The changes with the reasons of those that are allowed.</summary>
    public IReadOnlyList<Change> Apply(IReadOnlyList<Change> changes) =>
        [.. changes.Select(change => change.Fails && _entries.FirstOrDefault(entry => entry.Names(change)) is { } entry ? change with { Allowed = entry.Reason } : change)];

    /// <summary>Entries that no change needs any more.</summary>
    public IEnumerable<string> Unused(IReadOnlyList<Change> changes) =>
        _entries.Where(entry => !changes.Any(entry.Names)).Select(entry => $"{entry.Resource} ({entry.Change}) is allowed, but nothing of the kind changes: remove the entry.");
}

/// <summary>An entry of the list.</summary>
/// <param name="Resource">As the report names it.</param>
internal sealed record AllowedChange(string? Resource, string? Change, string? Reason, DateOnly? Expires)
{
    private static readonly ChangeKind[] Kinds = [ChangeKind.Replaced, ChangeKind.Deleted, ChangeKind.Weakened, ChangeKind.Refused];

    public bool Names(Change change) => change.Resource == Resource && change.Kind.ToString().Equals(Change, StringComparison.OrdinalIgnoreCase);

    public IEnumerable<string> Mistakes(DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(Resource))
            yield return "give the resource as the report names it, such as \"Prod/Storage/Landing/Bucket\".";
        if (!Kinds.Any(kind => kind.ToString().Equals(Change, StringComparison.OrdinalIgnoreCase)))
            yield return $"change '{Change}': choose one of {string.Join(", ", Kinds).ToLowerInvariant()}.";
        if (string.IsNullOrWhiteSpace(Reason))
            yield return "give a reason: it goes into the approval.";
        if (Expires is not { } end)
            yield return "give the day on which it expires, such as \"2026-12-31\".";
        else if (end < today)
            yield return $"it expired on {end:yyyy-MM-dd}: remove it, or think again and give another day.";
    }
}

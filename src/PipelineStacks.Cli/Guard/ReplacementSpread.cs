using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>
/// The differences of every resource, those included that follow from others: where a resource is made anew, what refers to it gets another value,
/// though its template says the same. This goes on through references and exports until nothing more follows.
/// </summary>
internal sealed class ReplacementSpread
{
    private readonly Dictionary<(string Stack, string Id), IReadOnlyList<PropertyChange>> _differences = [];
    private readonly Dictionary<string, HashSet<string>> _replaced;
    private readonly HashSet<string> _exports = new(StringComparer.Ordinal);

    public ReplacementSpread(ResourceSchemas schemas, IReadOnlyList<AssemblyStack> was, IReadOnlyList<AssemblyStack> now)
    {
        var pairs = now.Select(stack => (Was: was.FirstOrDefault(other => other.Name == stack.Name), Now: stack)).Where(pair => pair.Was is not null).ToList();
        _replaced = pairs.ToDictionary(pair => pair.Now.Name, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        int before;
        do
        {
            before = Count;
            foreach (var (old, stack) in pairs)
                Compare(schemas, old!, stack);
        }
        while (Count > before);
    }

    /// <summary>The exports whose value will be another one.</summary>
    public IReadOnlySet<string> Exports => _exports;

    private int Count => _replaced.Values.Sum(ids => ids.Count) + _exports.Count;

    public IReadOnlyList<PropertyChange> Differences(string stack, string id) => _differences.GetValueOrDefault((stack, id)) ?? [];

    private void Compare(ResourceSchemas schemas, AssemblyStack was, AssemblyStack now)
    {
        var replaced = _replaced[now.Name];
        foreach (var (id, resource) in now.Resources)
        {
            if (!was.Resources.TryGetValue(id, out var old))
                continue;
            var type = (string)resource["Type"]!;
            var changes = PropertyChanges.Between(old["Properties"], Intrinsics.Marked(resource["Properties"], replaced, _exports), schemas.Properties(type));
            _differences[(now.Name, id)] = changes;
            if ((string)old["Type"]! != type || changes.Any(change => change.Replacement == Replacement.Yes))
                replaced.Add(id);
        }

        foreach (var (name, value) in now.Exports)
        {
            if (!JsonNode.DeepEquals(value, Intrinsics.Marked(value, replaced, _exports)))
                _exports.Add(name);
        }
    }
}

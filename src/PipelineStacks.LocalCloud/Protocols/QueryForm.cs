using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// Form fields as JSON: <c>Tags.member.1.Key=a</c> becomes <c>{"Tags":[{"Key":"a"}]}</c>, <c>Map.entry.1.key</c> and
/// <c>.value</c> a map. Values stay text; contracts read numbers and booleans from text.
/// </summary>
internal static class QueryForm
{
    public static byte[] ToJson(IFormCollection form)
    {
        var root = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in form)
            if (name is not ("Action" or "Version"))
                Insert(root, name.Split('.'), value.ToString());
        return JsonSerializer.SerializeToUtf8Bytes(Build(root));
    }

    private static void Insert(SortedDictionary<string, object> node, ReadOnlySpan<string> path, string value)
    {
        if (path.Length == 1)
        {
            node[path[0]] = value;
            return;
        }

        if (!node.TryGetValue(path[0], out var child) || child is not SortedDictionary<string, object> branch)
            node[path[0]] = branch = new SortedDictionary<string, object>(StringComparer.Ordinal);
        Insert(branch, path[1..], value);
    }

    private static JsonNode Build(object node)
    {
        if (node is string text)
            return JsonValue.Create(text);
        var branch = (SortedDictionary<string, object>)node;
        if (branch is { Count: 1 } && branch.TryGetValue("member", out var members))
            return members is string ? new JsonArray() : new JsonArray([.. Ordered(members).Select(Build)]);
        if (branch is { Count: 1 } && branch.TryGetValue("entry", out var entries))
            return new JsonObject(Ordered(entries).Cast<SortedDictionary<string, object>>()
                .Select(entry => KeyValuePair.Create((string)entry["key"], (JsonNode?)Build(entry["value"]))));
        return new JsonObject(branch.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Build(pair.Value))));
    }

    private static IEnumerable<object> Ordered(object members) =>
        ((SortedDictionary<string, object>)members)
            .OrderBy(pair => int.Parse(pair.Key, System.Globalization.CultureInfo.InvariantCulture)).Select(pair => pair.Value);
}

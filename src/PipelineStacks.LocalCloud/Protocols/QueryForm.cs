using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// Form fields as JSON: <c>Tags.member.1.Key=a</c> becomes <c>{"Tags":[{"Key":"a"}]}</c>, as do <c>Tags.1.Key</c> and
/// <c>Tags.Tag.1.Key</c>, which some services have; <c>Map.entry.1.key</c> and <c>.value</c> become a map. Values stay text;
/// contracts read numbers and booleans from text.
/// </summary>
internal static class QueryForm
{
    public static byte[] ToJson(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var root = new Branch();
        foreach (var (name, value) in fields)
            if (name is not ("Action" or "Version") && !name.StartsWith("X-Amz-", StringComparison.Ordinal))
                Insert(root, name, name.Split('.'), value);
        return JsonSerializer.SerializeToUtf8Bytes(Members(root));
    }

    private static void Insert(Branch node, string name, ReadOnlySpan<string> path, string value)
    {
        if (path.Length == 1)
        {
            if (!node.TryAdd(path[0], value))
                throw Malformed($"{name} is there twice, or once with and once without members");
            return;
        }

        if (!node.TryGetValue(path[0], out var child))
            node.Add(path[0], child = new Branch());
        // "Tags=" and "Tags.member=" are lists without members; with members beside them they mean nothing.
        Insert(child as Branch ?? throw Malformed($"{name} is there once with and once without members"), name, path[1..], value);
    }

    private static JsonNode Build(object node) => node switch
    {
        string text => JsonValue.Create(text),
        Branch branch when IsList(branch) => List(branch),
        Branch { Count: 1 } branch when branch.TryGetValue("member", out var members) => members as Branch is { } items ? List(items) : new JsonArray(),
        Branch { Count: 1 } branch when branch.TryGetValue("entry", out var entries) => Map(entries),
        Branch { Count: 1 } branch when branch.First().Value is Branch items && IsList(items) => List(items),
        _ => Members((Branch)node),
    };

    private static JsonObject Members(Branch branch) => new(branch.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Build(pair.Value))));

    private static JsonArray List(Branch items) => new([.. Ordered(items).Select(Build)]);

    private static JsonObject Map(object entries)
    {
        var map = new JsonObject();
        foreach (var entry in entries is Branch items ? Ordered(items) : [])
        {
            // SNS names the two Name and Value where it sends attributes of messages.
            if (entry is not Branch pair || (pair.GetValueOrDefault("key") ?? pair.GetValueOrDefault("Name")) is not string name
                || (pair.GetValueOrDefault("value") ?? pair.GetValueOrDefault("Value")) is not { } value)
                throw Malformed("an entry of a map needs a key and a value");
            map[name] = Build(value);
        }

        return map;
    }

    private static bool IsList(Branch branch) => branch.Keys.All(key => Index(key) is not null);

    // Clients number from 1, and may leave gaps.
    private static IEnumerable<object> Ordered(Branch items) =>
        items.Select(pair => (Index: Index(pair.Key) ?? throw Malformed($"{pair.Key} is not the number of a list's member"), pair.Value))
            .OrderBy(item => item.Index).Select(item => item.Value);

    private static int? Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static ServiceException Malformed(string why) => new("MalformedQueryString", $"The request's form is malformed: {why}.");

    /// <summary>Names with what stands after their dot: text or a further branch.</summary>
    private sealed class Branch() : SortedDictionary<string, object>(StringComparer.Ordinal);
}

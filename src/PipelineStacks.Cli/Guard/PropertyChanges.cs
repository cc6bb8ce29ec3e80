using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>A property whose value differs.</summary>
/// <param name="Path">Such as <c>BucketEncryption.ServerSideEncryptionConfiguration[0].BucketKeyEnabled</c>.</param>
internal sealed record PropertyChange(string Path, JsonNode? Base, JsonNode? Head, Replacement Replacement);

/// <summary>Compares the properties of a resource in two templates.</summary>
internal static class PropertyChanges
{
    private static readonly string[] Sets = ["Tags", "SecurityGroupIds", "VpcSecurityGroupIds", "SubnetIds", "ManagedPolicyArns", "RouteTableIds"];

    public static IReadOnlyList<PropertyChange> Between(JsonNode? was, JsonNode? now, ResourceSchemas.SchemaNode? schema)
    {
        List<PropertyChange> changes = [];
        Compare(was ?? new JsonObject(), now ?? new JsonObject(), schema, "", changes);
        return changes;
    }

    private static void Compare(JsonNode? was, JsonNode? now, ResourceSchemas.SchemaNode? schema, string path, List<PropertyChange> changes)
    {
        if (JsonNode.DeepEquals(was, now) || (IsPolicy(was, now) && PolicyDocument.Same(was!, now!)) || (IsSet(path) && SameSet(was, now)))
            return;
        if (schema is { Replacement: not Replacement.No })
            changes.Add(new(path, was, now, schema.Replacement));
        else if (IsStructure(was) && IsStructure(now) && (was is JsonObject || now is JsonObject))
            Members(was as JsonObject ?? [], now as JsonObject ?? [], schema, path, changes);
        else if (was is JsonArray before && now is JsonArray after && before.Count == after.Count)
            Elements(before, after, schema, path, changes);
        else
            changes.Add(new(path, was, now, Replacement.No));
    }

    private static void Members(JsonObject was, JsonObject now, ResourceSchemas.SchemaNode? schema, string path, List<PropertyChange> changes)
    {
        foreach (var name in was.Select(member => member.Key).Union(now.Select(member => member.Key)).Order(StringComparer.Ordinal))
            Compare(was[name], now[name], schema?.Property(name), path.Length == 0 ? name : $"{path}.{name}", changes);
    }

    private static void Elements(JsonArray was, JsonArray now, ResourceSchemas.SchemaNode? schema, string path, List<PropertyChange> changes)
    {
        for (var i = 0; i < was.Count; i++)
            Compare(was[i], now[i], schema, $"{path}[{i}]", changes);
    }

    // A structure that comes or goes as a whole is looked into, since a part of it may be what can't be changed.
    private static bool IsStructure(JsonNode? node) => node is null || (node is JsonObject structure && !Intrinsics.Is(structure));

    private static bool IsPolicy(JsonNode? was, JsonNode? now) => was is JsonObject before && now is JsonObject after && before.ContainsKey("Statement") && after.ContainsKey("Statement");

    private static bool IsSet(string path) => Sets.Contains(path.Split('.')[^1], StringComparer.Ordinal);

    private static bool SameSet(JsonNode? was, JsonNode? now) =>
        was is JsonArray before && now is JsonArray after && before.Count == after.Count
        && before.All(value => after.Any(other => JsonNode.DeepEquals(value, other)));
}

using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>
/// Finds every property that a provisioner's record has no member for. Its reader stops at the first one; whoever writes a
/// template wants to know all of them.
/// </summary>
internal static class UnsupportedProperties
{
    public static IEnumerable<string> In(JsonObject properties, Type type) => InObject(properties, type, "");

    private static IEnumerable<string> InNode(JsonNode? node, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return node switch
        {
            JsonArray items when ItemType(type) is { } itemType => items.SelectMany(item => InNode(item, itemType, path)),
            JsonObject members when MapValueType(type) is { } valueType => members.SelectMany(member => InNode(member.Value, valueType, $"{path}.{member.Key}")),
            JsonObject members when IsRecord(type) => InObject(members, type, path + "."),
            _ => [],
        };
    }

    private static IEnumerable<string> InObject(JsonObject members, Type type, string prefix)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(
            property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name, StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            if (!known.TryGetValue(name, out var property))
            {
                yield return prefix + name;
            }
            else if (!property.IsDefined(typeof(JsonConverterAttribute)))
            {
                foreach (var nested in InNode(value, property.PropertyType, prefix + name))
                    yield return nested;
            }
        }
    }

    // What reads its JSON itself, or keeps it as it is, knows best what it takes.
    private static bool IsRecord(Type type) =>
        type is { IsClass: true, Namespace: not null } && type.Namespace.StartsWith("PipelineStacks", StringComparison.Ordinal)
        && !type.IsDefined(typeof(JsonConverterAttribute), inherit: false)
        && !type.GetProperties().Any(property => property.IsDefined(typeof(JsonExtensionDataAttribute)));

    private static Type? ItemType(Type type) =>
        type.IsArray ? type.GetElementType()
        : MapValueType(type) is null && type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : null;

    private static Type? MapValueType(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is { Length: 2 } arguments && type.IsAssignableTo(typeof(IEnumerable)) ? arguments[1] : null;
}

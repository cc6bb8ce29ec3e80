using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.CloudFormation;

/// <summary>A service that dynamic references read from.</summary>
internal interface IDynamicReferenceSource
{
    /// <summary>As references name it: <c>secretsmanager</c>.</summary>
    string Service { get; }

    /// <param name="reference">What follows the service's name in the reference.</param>
    string Resolve(Call call, string reference);
}

/// <summary>
/// Puts values in the place of <c>{{resolve:service:…}}</c> at the last moment, for the provisioner alone: stacks keep, compare and
/// show the references, as on AWS, so that a secret's value is nowhere but in its secret.
/// </summary>
internal sealed partial class DynamicReferences(IEnumerable<IDynamicReferenceSource> sources)
{
    private readonly Dictionary<string, IDynamicReferenceSource> _sources = sources.ToDictionary(source => source.Service, StringComparer.Ordinal);

    public JsonObject Resolve(Call call, JsonObject properties) => IsIn(properties) ? (JsonObject)Node(call, properties, keepMissing: false)! : properties;

    /// <summary>As far as what is referred to is still there: for what a resource was, before it is changed or deleted.</summary>
    public JsonObject ResolveWhereThere(Call call, JsonObject properties) =>
        IsIn(properties) ? (JsonObject)Node(call, properties, keepMissing: true)! : properties;

    private static bool IsIn(JsonNode? node) => node switch
    {
        JsonArray items => items.Any(IsIn),
        JsonObject members => members.Any(member => IsIn(member.Value)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>().Contains("{{resolve:", StringComparison.Ordinal),
        _ => false,
    };

    private JsonNode? Node(Call call, JsonNode? node, bool keepMissing) => node switch
    {
        JsonArray items => new JsonArray([.. items.Select(item => Node(call, item, keepMissing))]),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Node(call, member.Value, keepMissing)))),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(call, value.GetValue<string>(), keepMissing),
        _ => node?.DeepClone(),
    };

    private string Text(Call call, string text, bool keepMissing) => Reference().Replace(text, match =>
    {
        if (!_sources.TryGetValue(match.Groups["service"].Value, out var source))
            throw ServiceException.Unsupported($"The dynamic reference {match.Value}");
        try
        {
            return source.Resolve(call, match.Groups["reference"].Value);
        }
        catch (ServiceException) when (keepMissing)
        {
            return match.Value;
        }
    });

    [GeneratedRegex(@"\{\{resolve:(?<service>[a-z-]+):(?<reference>[^}]+)\}\}")]
    private static partial Regex Reference();
}

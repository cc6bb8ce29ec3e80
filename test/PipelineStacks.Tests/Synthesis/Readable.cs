using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PipelineStacks.Tests.Synthesis;

/// <summary>
/// Makes templates readable for people: intrinsic functions become <c>${…}</c> in text, and what every template has (the bootstrap check, paths in
/// metadata, the stack's own tags) goes. Nothing that a deployment depends on is lost but those tags, which are tested apart.
/// </summary>
internal static partial class Readable
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Snapshot(Template template)
    {
        var root = (JsonObject)template.Root.DeepClone();
        root.Remove("Rules");
        if (root["Parameters"] is JsonObject parameters && parameters.Remove("BootstrapVersion") && parameters.Count == 0)
            root.Remove("Parameters");
        foreach (var (_, resource) in (JsonObject)root["Resources"]!)
        {
            ((JsonObject)resource!).Remove("Metadata");
            if (resource["Properties"] is JsonObject properties && properties["Tags"] is { } tags && SameTags(tags, template.Tags))
                properties.Remove("Tags");
        }
        var text = Hash().Replace(Layout.Of(InOrder(Simplify(root))), "<hash>");
        return Certificate().Replace(text, "<certificate>") + "\n";
    }

    public static string Line(JsonNode? json) => Simplify(json?.DeepClone())?.ToJsonString(OneLine) ?? "nothing";

    /// <summary>The node's text, with intrinsic functions as <c>${…}</c>.</summary>
    public static string Text(JsonNode json) => Simplify(json.DeepClone()) is JsonValue value ? value.ToString() : Line(json);

    private static bool SameTags(JsonNode tags, IReadOnlyDictionary<string, string> expected) => tags switch
    {
        JsonArray array => array.Count == expected.Count && array.All(tag => expected.GetValueOrDefault((string)tag!["Key"]!) == (string)tag["Value"]!),
        // As Glue has them.
        JsonObject map => map.Count == expected.Count && map.All(tag => expected.GetValueOrDefault(tag.Key) == (string?)tag.Value),
        _ => false,
    };

    private static JsonNode? Simplify(JsonNode? json)
    {
        switch (json)
        {
            case JsonObject { Count: 1 } function when Function(function) is { } text:
                return JsonValue.Create(text);
            case JsonObject json2:
                return new JsonObject(json2.Select(pair => KeyValuePair.Create(pair.Key, Simplify(pair.Value?.DeepClone()))));
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Simplify(item?.DeepClone()))]);
            default:
                return json?.DeepClone();
        }
    }

    // The CDK orders a policy's resources by their text, and so those of assets by their hashes: a change of a file's content would change the order.
    private static JsonNode? InOrder(JsonNode? json) => json switch
    {
        JsonObject parent => new JsonObject(parent.Select(pair => KeyValuePair.Create(pair.Key, InOrder(pair.Value)))),
        JsonArray array when array.Any(item => item is JsonValue && Hash().IsMatch(item.ToString())) =>
            new JsonArray([.. array.OrderBy(item => Hash().Replace(item!.ToString(), ""), StringComparer.Ordinal).Select(item => item!.DeepClone())]),
        JsonArray array => new JsonArray([.. array.Select(InOrder)]),
        _ => json?.DeepClone(),
    };

    private static string? Function(JsonObject function)
    {
        var (name, argument) = function.Single();
        return name switch
        {
            "Ref" => $"${{{argument}}}",
            "Fn::GetAtt" => $"${{{string.Join('.', ((JsonArray)argument!).Select(part => part!.ToString()))}}}",
            "Fn::Sub" when argument is JsonValue => argument.ToString(),
            "Fn::ImportValue" => $"${{import {argument}}}",
            "Fn::Join" when (string)argument![0]! == "" => string.Concat(((JsonArray)argument[1]!).Select(part => Text(part!))),
            _ => null,
        };
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();

    [GeneratedRegex("-----BEGIN CERTIFICATE-----[^\"]*")]
    private static partial Regex Certificate();
}

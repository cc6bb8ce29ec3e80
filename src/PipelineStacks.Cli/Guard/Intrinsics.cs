using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>CloudFormation's functions in templates, as far as the guard must look through them.</summary>
internal static class Intrinsics
{
    /// <summary>What is written behind the name of a resource that will be another one.</summary>
    private const string New = "#new";

    public static bool Is(JsonObject node) => node.Count == 1 && (node.ContainsKey("Ref") || node.First().Key.StartsWith("Fn::", StringComparison.Ordinal));

    /// <summary>The value as one text, with references as <c>${Bucket.Arn}</c>, so that <c>Fn::Join</c> and <c>Fn::Sub</c> of the same read the same.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value => value.ToString(),
        JsonObject call when Is(call) => Function(call.First().Key, call.First().Value!),
        _ => node.ToJsonString(),
    };

    /// <summary>A copy in which each reference to one of these resources or exports differs from the original.</summary>
    public static JsonNode? Marked(JsonNode? node, IReadOnlySet<string> resources, IReadOnlySet<string> exports)
    {
        switch (node)
        {
            case JsonObject call when call.Count == 1 && call["Ref"] is JsonValue name && resources.Contains((string)name!):
                return new JsonObject { ["Ref"] = name + New };
            case JsonObject call when call.Count == 1 && call["Fn::GetAtt"] is { } attribute && resources.Contains(Owner(attribute)):
                return new JsonObject { ["Fn::GetAtt"] = new JsonArray(Owner(attribute) + New, Attribute(attribute)) };
            case JsonObject call when call.Count == 1 && call["Fn::ImportValue"] is JsonValue name && exports.Contains((string)name!):
                return new JsonObject { ["Fn::ImportValue"] = name + New };
            case JsonObject call when call.Count == 1 && call["Fn::Sub"] is { } text && resources.Any(resource => Refers(text, resource)):
                return new JsonObject { ["Fn::Sub"] = text.ToJsonString() + New };
            case JsonObject members:
                return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Marked(member.Value, resources, exports))));
            case JsonArray elements:
                return new JsonArray([.. elements.Select(element => Marked(element, resources, exports))]);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>The names of the exports that are read anywhere below.</summary>
    public static IEnumerable<string> Imports(JsonNode? node) => node switch
    {
        JsonObject call when call.Count == 1 && call["Fn::ImportValue"] is JsonValue name => [(string)name!],
        JsonObject members => members.SelectMany(member => Imports(member.Value)),
        JsonArray elements => elements.SelectMany(Imports),
        _ => [],
    };

    private static string Function(string name, JsonNode argument) => name switch
    {
        "Ref" => $"${{{argument}}}",
        "Fn::GetAtt" => $"${{{Owner(argument)}.{Attribute(argument)}}}",
        "Fn::ImportValue" => $"${{import {Text(argument)}}}",
        "Fn::Join" when argument is JsonArray { Count: 2 } join && join[1] is JsonArray parts => string.Join((string)join[0]!, parts.Select(Text)),
        "Fn::Sub" when argument is JsonValue text => text.ToString(),
        _ => new JsonObject { [name] = argument.DeepClone() }.ToJsonString(),
    };

    private static string Owner(JsonNode attribute) => attribute is JsonArray pair ? (string)pair[0]! : ((string)attribute!).Split('.')[0];

    private static string Attribute(JsonNode attribute) => attribute is JsonArray pair ? Text(pair[1]) : ((string)attribute!).Split('.', 2)[1];

    private static bool Refers(JsonNode text, string resource)
    {
        var template = text is JsonArray pair ? (string)pair[0]! : (string)text!;
        return template.Contains($"${{{resource}}}", StringComparison.Ordinal) || template.Contains($"${{{resource}.", StringComparison.Ordinal);
    }
}

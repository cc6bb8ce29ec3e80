using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>
/// YAML as CloudFormation reads it: <c>!GetAtt Queue.Arn</c> is <c>{"Fn::GetAtt": ["Queue", "Arn"]}</c>, dates stay text,
/// a key may stand only once.
/// </summary>
internal static partial class YamlTemplate
{
    public static JsonNode? Parse(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return null;
            parser.Consume<DocumentStart>();
            var anchors = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
            var root = ReadNode(parser, anchors);
            parser.Consume<DocumentEnd>();
            return root;
        }
        catch (YamlException error)
        {
            throw TemplateErrors.Format($"YAML not well-formed. (line {error.Start.Line}, column {error.Start.Column})");
        }
    }

    private static JsonNode? ReadNode(Parser parser, Dictionary<string, JsonNode?> anchors)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return anchors.TryGetValue(alias.Value.Value, out var target)
                ? target?.DeepClone()
                : throw new YamlException(alias.Start, alias.End, $"The anchor {alias.Value} is not defined.");
        var start = parser.Current as NodeEvent ?? throw new YamlException("A value is missing.");
        var value = start switch
        {
            Scalar => ReadScalar(parser.Consume<Scalar>()),
            SequenceStart => ReadSequence(parser, anchors),
            _ => ReadMapping(parser, anchors),
        };
        var node = start.Tag.IsEmpty || start.Tag.Value.StartsWith("tag:yaml.org", StringComparison.Ordinal) || start.Tag.IsNonSpecific
            ? value
            : Function(start.Tag.Value, value);
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = node;
        return node;
    }

    private static JsonArray ReadSequence(Parser parser, Dictionary<string, JsonNode?> anchors)
    {
        parser.Consume<SequenceStart>();
        var items = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(parser, anchors));
        return items;
    }

    private static JsonObject ReadMapping(Parser parser, Dictionary<string, JsonNode?> anchors)
    {
        parser.Consume<MappingStart>();
        var members = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            if (!members.TryAdd(key.Value, ReadNode(parser, anchors)))
                throw new YamlException(key.Start, key.End, $"The key {key.Value} stands twice.");
        }

        return members;
    }

    private static JsonNode? ReadScalar(Scalar scalar) => scalar switch
    {
        { Style: not ScalarStyle.Plain } or { Tag.IsEmpty: false } => JsonValue.Create(scalar.Value),
        { Value: "" or "~" or "null" or "Null" or "NULL" } => null,
        { Value: "true" or "True" or "TRUE" } => JsonValue.Create(true),
        { Value: "false" or "False" or "FALSE" } => JsonValue.Create(false),
        // 012 is an account or a time in the eyes of whoever wrote it: numbers are those that JSON has.
        _ when JsonNumber().IsMatch(scalar.Value)
            && decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => JsonNode.Parse(scalar.Value),
        _ => JsonValue.Create(scalar.Value),
    };

    private static JsonObject Function(string tag, JsonNode? argument)
    {
        var name = tag.TrimStart('!');
        return name switch
        {
            "Ref" or "Condition" => new JsonObject { [name] = argument },
            "GetAtt" when argument is JsonValue text && text.ToString().IndexOf('.', StringComparison.Ordinal) is > 0 and var dot =>
                new JsonObject { ["Fn::GetAtt"] = new JsonArray(text.ToString()[..dot], text.ToString()[(dot + 1)..]) },
            _ => new JsonObject { ["Fn::" + name] = argument },
        };
    }

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$")]
    private static partial Regex JsonNumber();
}

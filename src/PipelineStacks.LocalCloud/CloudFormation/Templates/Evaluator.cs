using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>Where an evaluation finds what lies outside of the template.</summary>
internal interface IResourceValues
{
    JsonNode? Ref(string logicalId);

    JsonNode? Attribute(string logicalId, string attribute);

    string Import(string exportName);
}

/// <summary>Evaluates intrinsic functions. A value that turns out as <c>AWS::NoValue</c> is left out of the object or list it stands in.</summary>
internal sealed class Evaluator(
    Template template, IReadOnlyDictionary<string, JsonNode> parameters, PseudoParameters pseudo, IResourceValues resources)
{
    // Told apart by reference; no template can contain it.
    private static readonly JsonObject NoValue = [];

    private readonly Dictionary<string, bool> _conditions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _evaluating = new(StringComparer.Ordinal);

    public JsonNode? Evaluate(JsonNode? node) => Value(node) is var value && ReferenceEquals(value, NoValue) ? null : value;

    public JsonObject EvaluateObject(JsonObject members) =>
        Value(members) as JsonObject is { } value && !ReferenceEquals(value, NoValue) ? value : [];

    public bool Condition(string name)
    {
        if (_conditions.TryGetValue(name, out var known))
            return known;
        if (!template.Conditions.TryGetPropertyValue(name, out var definition))
            throw TemplateErrors.Format($"Unresolved condition dependency {name} in the Conditions block of the template");
        if (!_evaluating.Add(name))
            throw TemplateErrors.Format($"Circular dependency in conditions: {name}");
        return _conditions[name] = Boolean(definition);
    }

    private JsonNode? Value(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(Value).Where(value => !ReferenceEquals(value, NoValue))]);
            case JsonObject members when Intrinsic.TryGet(members, out var name, out var argument):
                return Function(name, argument);
            case JsonObject members:
                var result = new JsonObject();
                foreach (var (key, member) in members)
                    if (Value(member) is var value && !ReferenceEquals(value, NoValue))
                        result.Add(key, value);
                return result;
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Function(string name, JsonNode? argument) => name switch
    {
        "Ref" => Ref(TemplateReader.Text(argument)!),
        "Fn::GetAtt" => GetAtt(argument),
        "Fn::Sub" => Sub(argument),
        "Fn::Join" => Join(argument),
        "Fn::Select" => Select(argument),
        "Fn::Split" => Split(argument),
        "Fn::ImportValue" => resources.Import(String(argument, name)),
        "Fn::FindInMap" => FindInMap(argument),
        "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(String(argument, name))),
        "Fn::GetAZs" => GetAZs(argument),
        "Fn::Cidr" => Cidr(argument),
        "Fn::If" => If(argument),
        "Condition" or "Fn::And" or "Fn::Or" or "Fn::Not" or "Fn::Equals" => Boolean(new JsonObject { [name] = argument?.DeepClone() }),
        _ => throw TemplateErrors.Unsupported($"The function {name}"),
    };

    private JsonNode? Ref(string name)
    {
        if (name == PseudoParameters.NoValue)
            return NoValue;
        if (parameters.TryGetValue(name, out var parameter))
            return parameter.DeepClone();
        return pseudo.Find(name) ?? resources.Ref(name)?.DeepClone();
    }

    private JsonNode? GetAtt(JsonNode? argument)
    {
        var (logicalId, attribute) = Intrinsic.GetAttTarget(argument);
        return resources.Attribute(logicalId, String(attribute, "Fn::GetAtt"))?.DeepClone();
    }

    private string Sub(JsonNode? argument)
    {
        var (text, variables) = Intrinsic.SubArguments(argument);
        return Intrinsic.SubVariable().Replace(text, match =>
        {
            var name = match.Groups[2].Value.Trim();
            if (match.Groups[1].Length > 0)
                return $"${{{match.Groups[2].Value}}}";
            var value = variables.TryGetPropertyValue(name, out var own) ? Value(own)
                : name.Split('.', 2) is [var logicalId, var attribute] ? resources.Attribute(logicalId, attribute)
                : Ref(name);
            return Scalar(value, "Fn::Sub");
        });
    }

    private string Join(JsonNode? argument)
    {
        var (delimiter, list) = Pair(argument, "Fn::Join");
        return string.Join(String(delimiter, "Fn::Join"), List(list, "Fn::Join").Select(item => Scalar(item, "Fn::Join")));
    }

    private JsonNode? Select(JsonNode? argument)
    {
        var (index, list) = Pair(argument, "Fn::Select");
        var items = List(list, "Fn::Select");
        if (!int.TryParse(String(index, "Fn::Select"), out var at))
            throw TemplateErrors.Template("Fn::Select requires a list argument with a valid index value");
        if (at >= 0 && at < items.Count)
            return items[at]?.DeepClone();
        // A placeholder has fewer parts than the value that will stand in its place.
        return items.FirstOrDefault(Placeholders.IsIn)?.DeepClone()
            ?? throw TemplateErrors.Template($"Fn::Select cannot select nonexistent value at index {at}");
    }

    private JsonArray Split(JsonNode? argument)
    {
        var (delimiter, text) = Pair(argument, "Fn::Split");
        return new JsonArray([.. String(text, "Fn::Split").Split(String(delimiter, "Fn::Split")).Select(part => JsonValue.Create(part))]);
    }

    private JsonNode? FindInMap(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 3 } keys)
            throw TemplateErrors.Template("every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value");
        var (map, top, second) = (String(keys[0], "Fn::FindInMap"), String(keys[1], "Fn::FindInMap"), String(keys[2], "Fn::FindInMap"));
        if (template.Mappings[map] is not JsonObject mapping)
            throw TemplateErrors.Template($"Mapping named '{map}' is not present in the 'Mappings' section of template.");
        return mapping[top]?[second]?.DeepClone()
            ?? throw TemplateErrors.Template($"Unable to get mapping for {map}::{top}::{second}");
    }

    private JsonArray GetAZs(JsonNode? argument)
    {
        var region = argument is null ? "" : String(argument, "Fn::GetAZs");
        if (region.Length == 0)
            region = pseudo.Region;
        return [region + "a", region + "b", region + "c"];
    }

    private JsonArray Cidr(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 2 or 3 } parts
            || !int.TryParse(String(parts[1], "Fn::Cidr"), out var count)
            || !int.TryParse(parts.Count == 3 ? String(parts[2], "Fn::Cidr") : "8", out var bits))
            throw TemplateErrors.Template("every Fn::Cidr object requires an IP block, a count and the number of subnet bits");
        return CidrBlocks.Split(String(parts[0], "Fn::Cidr"), count, bits);
    }

    private JsonNode? If(JsonNode? argument) => argument is JsonArray { Count: 3 } parts
        ? Value(Condition(String(parts[0], "Fn::If")) ? parts[1] : parts[2])
        : throw TemplateErrors.Template("Fn::If requires a list argument with three values");

    private bool Boolean(JsonNode? node)
    {
        if (!Intrinsic.TryGet(node, out var name, out var argument))
            return Scalar(node, "Conditions") == "true";
        switch (name)
        {
            case "Condition":
                return Condition(String(argument, name));
            case "Fn::Equals" when argument is JsonArray { Count: 2 } pair:
                return JsonNode.DeepEquals(AsText(Value(pair[0])), AsText(Value(pair[1])));
            case "Fn::Not" when argument is JsonArray { Count: 1 } single:
                return !Boolean(single[0]);
            case "Fn::And" when argument is JsonArray { Count: >= 2 and <= 10 } all:
                return all.All(Boolean);
            case "Fn::Or" when argument is JsonArray { Count: >= 2 and <= 10 } any:
                return any.Any(Boolean);
            default:
                return name is "Fn::Equals" or "Fn::Not" or "Fn::And" or "Fn::Or"
                    ? throw TemplateErrors.Template($"{name} has the wrong number of arguments.")
                    : Scalar(Function(name, argument), name) == "true";
        }
    }

    // 1 and "1" are equal in conditions, as parameters are text.
    private static JsonNode? AsText(JsonNode? node) => node is JsonValue ? JsonValue.Create(Scalar(node, "Fn::Equals")) : node;

    private static (JsonNode? First, JsonNode? Second) Pair(JsonNode? argument, string function) => argument is JsonArray { Count: 2 } pair
        ? (pair[0], pair[1])
        : throw TemplateErrors.Template($"every {function} object requires two parameters");

    private JsonArray List(JsonNode? node, string function) => Value(node) switch
    {
        JsonArray list => list,
        { } value when Placeholders.IsIn(value) => [value],
        _ => throw TemplateErrors.Template($"{function} requires a list argument"),
    };

    private string String(JsonNode? node, string function) => Scalar(Value(node), function);

    private static string Scalar(JsonNode? node, string function) => node is JsonValue value
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : throw TemplateErrors.Template($"{function} needs a string where there is {node?.ToJsonString() ?? "nothing"}");
}

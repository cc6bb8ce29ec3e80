using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>A place in a template that names something else of it.</summary>
/// <param name="Attribute">Null where the reference is to the resource or parameter itself.</param>
internal readonly record struct Reference(string Function, string Name, string? Attribute = null);

/// <summary>Finds what a piece of a template refers to.</summary>
internal static class References
{
    private static readonly string[] Functions =
    [
        "Ref", "Condition", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::ImportValue", "Fn::FindInMap",
        "Fn::Base64", "Fn::GetAZs", "Fn::Cidr", "Fn::If", "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals",
    ];

    public static IEnumerable<Reference> In(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(In),
        JsonObject members when Intrinsic.TryGet(members, out var name, out var argument) => InFunction(name, argument),
        JsonObject members => members.SelectMany(member => In(member.Value)),
        _ => [],
    };

    private static IEnumerable<Reference> InFunction(string name, JsonNode? argument)
    {
        if (!Functions.Contains(name, StringComparer.Ordinal))
            throw TemplateErrors.Unsupported($"The function {name}");
        switch (name)
        {
            case "Ref" or "Condition":
                return [new(name, TemplateReader.Text(argument) ?? throw TemplateErrors.Template($"{name} needs a name."))];
            case "Fn::GetAtt":
                var (logicalId, attribute) = Intrinsic.GetAttTarget(argument);
                return [new(name, logicalId, attribute is JsonValue text ? text.ToString() : null), .. In(attribute)];
            case "Fn::Sub":
                var (template, variables) = Intrinsic.SubArguments(argument);
                return [.. Intrinsic.SubNames(template).Where(variable => !variables.ContainsKey(variable)).Select(SubReference), .. In(variables)];
            case "Fn::If" when argument is JsonArray { Count: 3 } parts:
                return [new("Condition", TemplateReader.Text(parts[0]) ?? ""), .. In(parts[1]), .. In(parts[2])];
            default:
                return In(argument);
        }
    }

    private static Reference SubReference(string variable) => variable.Split('.', 2) switch
    {
        [var logicalId, var attribute] => new("Fn::GetAtt", logicalId, attribute),
        _ => new("Ref", variable),
    };
}

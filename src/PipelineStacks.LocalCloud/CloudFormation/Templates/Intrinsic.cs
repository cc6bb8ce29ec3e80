using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>How intrinsic functions look in a template: an object with one member, named as the function.</summary>
internal static partial class Intrinsic
{
    public static bool TryGet(JsonNode? node, [NotNullWhen(true)] out string? name, out JsonNode? argument)
    {
        (name, argument) = (null, null);
        if (node is not JsonObject members)
            return false;
        foreach (var (key, value) in members)
        {
            if (key is not ("Ref" or "Condition") && !key.StartsWith("Fn::", StringComparison.Ordinal))
                continue;
            if (members.Count > 1 && key.StartsWith("Fn::", StringComparison.Ordinal))
                throw TemplateErrors.Format($"[{members.GetPath()}] {key} must stand alone in its object.");
            // Policy statements and others have members of their own that are named Condition.
            if (members.Count > 1 || (key == "Condition" && value is not JsonValue))
                return false;
            (name, argument) = (key, value);
            return true;
        }

        return false;
    }

    /// <summary>The logical id and attribute of <c>Fn::GetAtt</c>, written as a list or with a dot.</summary>
    public static (string LogicalId, JsonNode Attribute) GetAttTarget(JsonNode? argument) => argument switch
    {
        JsonArray { Count: 2 } pair when pair[0] is JsonValue id && id.GetValueKind() == JsonValueKind.String && pair[1] is { } attribute =>
            (id.GetValue<string>(), attribute),
        JsonValue text when text.ToString().Split('.', 2) is [{ Length: > 0 } id, { Length: > 0 } attribute] => (id, JsonValue.Create(attribute)),
        _ => throw TemplateErrors.Template("Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute"),
    };

    /// <summary>The text of <c>Fn::Sub</c> and the variables that it brings itself.</summary>
    public static (string Text, JsonObject Variables) SubArguments(JsonNode? argument) => argument switch
    {
        JsonValue text when text.GetValueKind() == JsonValueKind.String => (text.GetValue<string>(), []),
        JsonArray { Count: 2 } pair when pair[0] is JsonValue text && pair[1] is JsonObject variables => (text.ToString(), variables),
        _ => throw TemplateErrors.Template("One or more Fn::Sub intrinsic functions don't specify expected arguments. "
            + "Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string"),
    };

    /// <summary>The names between <c>${</c> and <c>}</c>, except literals such as <c>${!Name}</c>.</summary>
    public static IEnumerable<string> SubNames(string text) =>
        SubVariable().Matches(text).Where(match => match.Groups[1].Length == 0).Select(match => match.Groups[2].Value.Trim());

    [GeneratedRegex(@"\$\{(!?)([^}]*)\}")]
    public static partial Regex SubVariable();
}

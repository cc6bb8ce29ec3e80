using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>
/// Stand-ins for values that only deployment brings: shaped like the real ones, so that properties made from them can be checked,
/// and recognisable, so that what is made from them is never taken for known.
/// </summary>
internal static class Placeholders
{
    private const string Mark = "known-after-deployment";

    public static JsonNode Ref(string logicalId) => $"{Mark}-{logicalId.ToLowerInvariant()}";

    public static JsonNode Attribute(string logicalId, string attribute, PseudoParameters pseudo) =>
        attribute.EndsWith("Arn", StringComparison.Ordinal)
            ? $"arn:aws:local:{pseudo.Region}:{pseudo.Account}:{Mark}/{logicalId}"
            : $"{Mark}-{logicalId.ToLowerInvariant()}-{attribute.ToLowerInvariant()}";

    public static bool IsIn(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>().Contains(Mark, StringComparison.Ordinal),
        JsonArray items => items.Any(IsIn),
        JsonObject members => members.Any(member => IsIn(member.Value)),
        _ => false,
    };
}

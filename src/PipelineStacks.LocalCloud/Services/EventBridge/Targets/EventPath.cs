using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>A path into an event: <c>$.detail.bucket.name</c>, <c>$.resources[0]</c>, <c>$.detail['a key']</c>.</summary>
internal static partial class EventPath
{
    public static bool IsValid(string path) => Whole().IsMatch(path);

    /// <returns>Null where the event has nothing there.</returns>
    public static JsonNode? Select(JsonNode root, string path)
    {
        JsonNode? node = root;
        foreach (Match step in Step().Matches(path))
        {
            node = (node, step.Groups["index"].Success) switch
            {
                (JsonArray array, true) => int.TryParse(step.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < array.Count ? array[index] : null,
                (JsonObject fields, false) => fields[step.Groups["name"].Value],
                _ => null,
            };
        }

        return node;
    }

    [GeneratedRegex(@"^\$(\.[\w-]+|\[\d+\]|\['[^']+'\])*$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\.(?<name>[\w-]+)|\[(?<index>\d+)\]|\['(?<name>[^']+)'\]")]
    private static partial Regex Step();
}

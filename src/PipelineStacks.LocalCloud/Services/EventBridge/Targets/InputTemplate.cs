using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>
/// A template that values of the event are put into:
/// <see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html"/>.
/// </summary>
internal static partial class InputTemplate
{
    /// <summary>What every template may use without a path of its own.</summary>
    public static readonly IReadOnlyList<string> Reserved =
        ["aws.events.rule-arn", "aws.events.rule-name", "aws.events.event.ingestion-time", "aws.events.event", "aws.events.event.json"];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Placeholders(string template) => Placeholder().Matches(template).Select(match => match.Groups["name"].Value);

    /// <param name="values">By placeholder. A null stands for a path that the event lacks.</param>
    public static string Render(string template, IReadOnlyDictionary<string, JsonNode?> values)
    {
        var text = new StringBuilder();
        var (at, quoted) = (0, false);
        foreach (Match match in Placeholder().Matches(template))
        {
            for (; at < match.Index; at++)
            {
                if (template[at] == '"' && (at == 0 || template[at - 1] != '\\'))
                    quoted = !quoted;
                text.Append(template[at]);
            }

            text.Append(quoted ? InText(values[match.Groups["name"].Value]) : AsJson(values[match.Groups["name"].Value]));
            at = match.Index + match.Length;
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    // What the event lacks is left empty.
    private static string AsJson(JsonNode? value) => value is null ? "\"\"" : value.ToJsonString(Relaxed);

    private static string InText(JsonNode? value)
    {
        var text = value is null ? "" : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(Relaxed);
        return JsonSerializer.Serialize(text, Relaxed)[1..^1];
    }

    [GeneratedRegex("<(?<name>[A-Za-z0-9_.-]+)>")]
    private static partial Regex Placeholder();
}

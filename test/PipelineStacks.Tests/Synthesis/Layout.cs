using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.Tests.Synthesis;

/// <summary>JSON as people would write it: what fits into a line is one, so that a column, a statement or a dimension is read, and changes, as a whole.</summary>
internal static class Layout
{
    private const int Width = 140;
    private const int Indentation = 2;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? json)
    {
        var text = new StringBuilder();
        Write(text, json, 0, 0);
        return text.ToString();
    }

    /// <param name="used">The characters of the line that are before it.</param>
    private static void Write(StringBuilder text, JsonNode? json, int depth, int used)
    {
        var line = Line(json);
        if (used + line.Length <= Width || json is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 }))
        {
            text.Append(line);
            return;
        }

        var isObject = json is JsonObject;
        List<(string Before, JsonNode? Value)> items = isObject
            ? [.. ((JsonObject)json).Select(member => ($"{Quoted(member.Key)}: ", member.Value))]
            : [.. ((JsonArray)json).Select(item => ("", item))];
        text.Append(isObject ? '{' : '[');
        foreach (var (i, (before, value)) in items.Index())
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(' ', (depth + 1) * Indentation).Append(before);
            Write(text, value, depth + 1, ((depth + 1) * Indentation) + before.Length);
        }

        text.Append('\n').Append(' ', depth * Indentation).Append(isObject ? '}' : ']');
    }

    private static string Line(JsonNode? json) => json switch
    {
        JsonObject { Count: > 0 } members => $"{{ {string.Join(", ", members.Select(member => $"{Quoted(member.Key)}: {Line(member.Value)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(Line))}]",
        null => "null",
        _ => json.ToJsonString(Plain),
    };

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);
}

using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

/// <summary>The path of a custom JSON classifier: <c>$</c>, then <c>.name</c> and <c>[*]</c>.</summary>
internal sealed class JsonPath
{
    private readonly List<string> _steps;

    private JsonPath(List<string> steps) => _steps = steps;

    /// <returns>Null for what the local cloud can't follow.</returns>
    public static JsonPath? Parse(string text)
    {
        if (!text.StartsWith('$'))
            return null;
        var steps = new List<string>();
        var rest = text[1..];
        while (rest.Length > 0)
        {
            if (rest.StartsWith("[*]", StringComparison.Ordinal))
            {
                steps.Add("*");
                rest = rest[3..];
            }
            else if (rest[0] == '.' && rest[1..].TakeWhile(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-').Count() is > 0 and var length)
            {
                steps.Add(rest.Substring(1, length));
                rest = rest[(length + 1)..];
            }
            else
            {
                return null;
            }
        }

        return new(steps);
    }

    /// <summary>The objects that it leads to.</summary>
    public IEnumerable<JsonElement> Records(JsonElement root)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var step in _steps)
            found = step == "*"
                ? found.SelectMany(value => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Empty<JsonElement>())
                : found.SelectMany(value => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var inner) ? [inner] : Array.Empty<JsonElement>());
        return found.Where(value => value.ValueKind == JsonValueKind.Object);
    }
}

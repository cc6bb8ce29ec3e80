using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>Puts a difference of values into few words: what comes and goes of a list, and of long texts the part that differs.</summary>
internal static class Wording
{
    private const int Longest = 80;
    private const int Around = 12;

    public static string OfDifference(JsonNode? was, JsonNode? now)
    {
        if (was is JsonArray before && now is JsonArray after)
        {
            var parts = Without(before, after).Select(gone => $"− {gone}").Concat(Without(after, before).Select(come => $"+ {come}")).ToList();
            return parts.Count > 0 ? string.Join(", ", parts) : "in another order";
        }

        var (left, right) = (Text(was), Text(now));
        var (from, end) = (Same(left, right), 0);
        if (left.Length <= Longest && right.Length <= Longest)
            return $"{left} → {right}";
        while (end < Math.Min(left.Length, right.Length) - from && left[^(end + 1)] == right[^(end + 1)])
            end++;
        return $"{Part(left, from, end)} → {Part(right, from, end)}";
    }

    private static IEnumerable<string> Without(JsonArray all, JsonArray others) =>
        all.Where(element => !others.Any(other => JsonNode.DeepEquals(element, other))).Select(element => Shortened(Name(element)));

    // What a column, a tag or a parameter is called says more than all that it has.
    private static string Name(JsonNode? element) => element is JsonObject named && (named["Name"] ?? named["Key"] ?? named["Id"]) is JsonValue name ? name.ToString() : Text(element);

    private static string Text(JsonNode? value) => value is null ? "none" : Intrinsics.Text(value);

    private static int Same(string left, string right)
    {
        var length = 0;
        while (length < Math.Min(left.Length, right.Length) && left[length] == right[length])
            length++;
        return length;
    }

    private static string Part(string text, int from, int end)
    {
        var (start, stop) = (Math.Max(0, from - Around), Math.Min(text.Length, text.Length - end + Around));
        return $"{(start > 0 ? "…" : "")}{Shortened(text[start..stop])}{(stop < text.Length ? "…" : "")}";
    }

    private static string Shortened(string text) => text.Length <= Longest ? text : $"{text[..(Longest - 20)]}… ({text.Length} characters)";
}

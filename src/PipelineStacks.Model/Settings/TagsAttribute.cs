using System.Text.RegularExpressions;

namespace PipelineStacks.Model.Settings;

/// <summary>AWS's limits for tags; the two that every stack gets anyway leave 48 of the 50.</summary>
public sealed partial class TagsAttribute : LimitAttribute
{
    /// <summary>Tags that the app sets itself.</summary>
    public static IReadOnlyList<string> Own { get; } = ["project", "environment"];

    /// <inheritdoc/>
    public override string Advice =>
        "Give at most 48 tags, with keys of up to 128 and values of up to 256 letters, digits, spaces and _ . : / = + - @, none beginning with aws:.";

    internal override string? Problem(object value)
    {
        var tags = (IReadOnlyDictionary<string, string>)value;
        if (tags.Count > 48)
            return $"{tags.Count} tags are too many";
        foreach (var (key, text) in tags)
        {
            if (Own.Contains(key))
                return $"the tag '{key}' is set by the app";
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) || !Key().IsMatch(key))
                return $"'{key}' can't be a tag's key";
            if (!Text().IsMatch(text))
                return $"the tag '{key}' has a value that AWS refuses";
        }
        return null;
    }

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}\z")]
    private static partial Regex Text();
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>Says in one line, in the field's words, what the JSON reader found wrong.</summary>
internal static partial class JsonErrors
{
    public static string Explain(string what, JsonException error)
    {
        var path = error.Path is null or "$" ? "" : error.Path.TrimStart('$').TrimStart('.');
        if (Unmapped().Match(error.Message) is { Success: true } unmapped)
            return $"{Join(path, unmapped.Groups[1].Value)} of {what} is not supported by the local cloud.";
        if (Missing().Match(error.Message) is { Success: true } missing)
            return $"{what} needs {missing.Groups[1].Value.Replace("'", "", StringComparison.Ordinal).TrimEnd('.')}{(path.Length == 0 ? "" : $" in {path}")}.";
        return path.Length == 0 ? $"{what}: {error.Message}" : $"{what}: the value of {path} is of the wrong type or malformed.";
    }

    // The reader's path may end in the unmapped member itself or in its parent.
    private static string Join(string path, string member) =>
        path.Length == 0 ? member : path == member || path.EndsWith("." + member, StringComparison.Ordinal) ? path : $"{path}.{member}";

    [GeneratedRegex("The JSON property '([^']+)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties including: (.+)$")]
    private static partial Regex Missing();
}

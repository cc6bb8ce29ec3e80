using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>
/// Filter patterns for unstructured lines: terms that must all be there, quoted ones with anything in them, <c>?term</c> of
/// which one must be there and <c>-term</c> which must not. Patterns on JSON and on columns are refused.
/// </summary>
internal sealed partial class FilterPattern
{
    private readonly List<string> _all = [];
    private readonly List<string> _any = [];
    private readonly List<string> _none = [];

    private FilterPattern()
    {
    }

    /// <exception cref="ServiceException">The pattern is of a kind that the local cloud does not have, or not a pattern.</exception>
    public static FilterPattern Parse(string? pattern)
    {
        var parsed = new FilterPattern();
        var text = (pattern ?? "").Trim();
        if (text.StartsWith('{'))
            throw ServiceException.Unsupported($"The JSON filter pattern {text}");
        if (text.StartsWith('['))
            throw ServiceException.Unsupported($"The filter pattern by columns {text}");
        if (text.StartsWith('%'))
            throw ServiceException.Unsupported($"The regular expression {text} as a filter pattern");
        for (var at = 0; at < text.Length;)
        {
            var match = Term().Match(text, at);
            if (!match.Success)
                throw new ServiceException("InvalidParameterException", $"Invalid filter pattern: {text}");
            var term = match.Groups["quoted"].Success ? match.Groups["quoted"].Value.Replace("\\\"", "\"", StringComparison.Ordinal) : match.Groups["plain"].Value;
            (match.Groups["sign"].Value switch { "?" => parsed._any, "-" => parsed._none, _ => parsed._all }).Add(term);
            at += match.Length;
        }

        // AWS ignores the optional terms then, which nobody who writes them means.
        if (parsed._any.Count > 0 && parsed._all.Count + parsed._none.Count > 0)
            throw ServiceException.Unsupported($"Optional terms beside others in the filter pattern {text}");
        return parsed;
    }

    public bool Matches(string message) =>
        _all.TrueForAll(term => message.Contains(term, StringComparison.Ordinal))
        && (_any.Count == 0 || _any.Exists(term => message.Contains(term, StringComparison.Ordinal)))
        && !_none.Exists(term => message.Contains(term, StringComparison.Ordinal));

    [GeneratedRegex("""\G(?<sign>[?-]?)(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>\w+))(?:\s+|$)""")]
    private static partial Regex Term();
}

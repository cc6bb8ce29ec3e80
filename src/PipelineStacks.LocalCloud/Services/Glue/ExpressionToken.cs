using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.Glue;

internal enum ExpressionTokenKind
{
    Word,
    Text,
    Number,
    Symbol,
}

/// <summary>A piece of a partition expression.</summary>
internal readonly partial record struct ExpressionToken(ExpressionTokenKind Kind, string Text)
{
    public bool Is(string text) => Kind is ExpressionTokenKind.Word or ExpressionTokenKind.Symbol && string.Equals(Text, text, StringComparison.OrdinalIgnoreCase);

    /// <returns>Null where something is no token.</returns>
    public static List<ExpressionToken>? Split(string text)
    {
        var tokens = new List<ExpressionToken>();
        for (var at = 0; at < text.Length;)
        {
            var match = Token().Match(text, at);
            if (!match.Success)
                return string.IsNullOrWhiteSpace(text[at..]) ? tokens : null;
            if (match.Groups["text"].Success)
                tokens.Add(new(ExpressionTokenKind.Text, match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal)));
            else if (match.Groups["number"].Success)
                tokens.Add(new(ExpressionTokenKind.Number, match.Groups["number"].Value));
            else if (match.Groups["symbol"].Success)
                tokens.Add(new(ExpressionTokenKind.Symbol, match.Groups["symbol"].Value));
            else
                tokens.Add(new(ExpressionTokenKind.Word, match.Groups["word"].Value.Trim('"', '`')));
            at = match.Index + match.Length;
        }

        return tokens;
    }

    [GeneratedRegex("""\G\s*(?:'(?<text>(?:[^']|'')*)'|(?<number>-?\d+(?:\.\d+)?)|(?<symbol><>|!=|<=|>=|[=<>(),])|(?<word>"[^"]+"|`[^`]+`|[A-Za-z_]\w*))""")]
    private static partial Regex Token();
}

/// <summary>SQL's LIKE: <c>%</c> for any text, <c>_</c> for one character.</summary>
internal static class LikePattern
{
    public static bool Matches(string value, string pattern) =>
        Regex.IsMatch(value, "^" + Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + "$",
            RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;

/// <param name="Kind">w(ord), s(tring), n(umber), or the symbol itself; empty for the end.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Behind its last character.</param>
internal readonly record struct DqdlToken(string Kind, string Text, int Start, int End)
{
    public bool IsWord(string word) => Kind == "w" && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Something in a ruleset that is wrong or unsupported.</summary>
internal sealed class DqdlException(int at, string message, bool isUnsupported = false) : Exception(message)
{
    public int At => at;

    public bool IsUnsupported => isUnsupported;
}

/// <summary>Cuts DQDL into tokens.</summary>
internal static class DqdlLexer
{
    private static readonly string[] Symbols = [">=", "<=", "!=", "=", ">", "<", "[", "]", "(", ")", ",", "-", "+"];

    public static List<DqdlToken> Split(string text)
    {
        var tokens = new List<DqdlToken>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else if (text[at] == '#')
                at = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
            else
                at = Next(text, at, tokens);
        }

        tokens.Add(new("", "the end", text.Length, text.Length));
        return tokens;
    }

    /// <summary>A place as people count it.</summary>
    public static string Place(string text, int at)
    {
        var line = text.AsSpan(0, at).Count('\n') + 1;
        var column = at - (at == 0 ? -1 : text.LastIndexOf('\n', at - 1));
        return $"line {line}:{column}";
    }

    private static int Next(string text, int at, List<DqdlToken> tokens)
    {
        if (text[at] == '"')
        {
            var value = new System.Text.StringBuilder();
            for (var i = at + 1; i < text.Length; i++)
            {
                if (text[i] == '"')
                    return Add("s", value.ToString(), i + 1);
                // A backslash stands for itself, as regular expressions need it, but before a quote.
                if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '"')
                    i++;
                value.Append(text[i]);
            }

            throw new DqdlException(at, "a text that begins here has no closing quote");
        }

        if (char.IsDigit(text[at]) || (text[at] == '.' && at + 1 < text.Length && char.IsDigit(text[at + 1])))
            return Take("n", letter => char.IsDigit(letter) || letter == '.');
        if (char.IsLetter(text[at]) || text[at] == '_')
            return Take("w", letter => char.IsLetterOrDigit(letter) || letter is '_' or '.');
        var symbol = Symbols.FirstOrDefault(symbol => text.AsSpan(at).StartsWith(symbol)) ?? throw new DqdlException(at, $"'{text[at]}' is not part of DQDL");
        return Add(symbol, symbol, at + symbol.Length);

        int Take(string kind, Func<char, bool> belongs)
        {
            var end = at;
            while (end < text.Length && belongs(text[end]))
                end++;
            return Add(kind, text[at..end], end);
        }

        int Add(string kind, string value, int end)
        {
            tokens.Add(new(kind, value, at, end));
            return end;
        }
    }
}

namespace PipelineStacks.IotSql.Syntax;

internal enum TokenKind
{
    Name,
    Number,
    Text,
    Variable,
    Symbol,
    End,
}

/// <summary>A token; of a string, <paramref name="Text"/> is the content and <paramref name="Quote"/> what it stood in.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Offset, char Quote = '\0')
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string keyword) => Kind == TokenKind.Name && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public string Shown => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"{Quote}{Text}{Quote}",
        TokenKind.Variable => $"'@{Text}'",
        _ => $"'{Text}'",
    };
}

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

internal enum SqlTokenKind
{
    Word,
    QuotedWord,
    Text,
    Number,
    Symbol,
    Parameter,
    End,
}

/// <summary>A piece of a statement, with where it stands: lines and columns count from 1, as in the engine's messages.</summary>
/// <param name="Text">A word as written, a quoted word or text without its quotes.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, SqlPosition At, int Start, int End)
{
    public bool Is(string word) =>
        Kind is SqlTokenKind.Word or SqlTokenKind.Symbol && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);

    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedWord;
}

internal readonly record struct SqlPosition(int Line, int Column)
{
    public override string ToString() => $"line {Line}:{Column}";
}

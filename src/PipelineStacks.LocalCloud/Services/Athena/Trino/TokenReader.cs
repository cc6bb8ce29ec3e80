namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Walks over a statement's tokens.</summary>
internal abstract class TokenReader(List<SqlToken> tokens)
{
    private int _at;

    protected SqlToken Peek => tokens[_at];

    protected SqlToken PeekAt(int ahead) => tokens[Math.Min(_at + ahead, tokens.Count - 1)];

    protected bool Is(string word) => Peek.Is(word);

    protected bool Is(string first, string second) => Peek.Is(first) && PeekAt(1).Is(second);

    protected SqlToken Next()
    {
        var token = tokens[_at];
        if (token.Kind is not SqlTokenKind.End)
            _at++;
        return token;
    }

    protected bool Take(string word)
    {
        if (!Is(word))
            return false;
        _at++;
        return true;
    }

    protected bool Take(string first, string second)
    {
        if (!Is(first, second))
            return false;
        _at += 2;
        return true;
    }

    protected void Demand(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (!Take(word))
                throw Unexpected($"'{word}'");
    }

    protected SqlToken Name()
    {
        if (!Peek.IsName)
            throw Unexpected("<identifier>");
        return Next();
    }

    protected string Text()
    {
        if (Peek.Kind is not SqlTokenKind.Text)
            throw Unexpected("<string>");
        return Next().Text;
    }

    /// <summary>What stands between parentheses, separated by commas.</summary>
    protected List<T> Parenthesised<T>(Func<T> item)
    {
        Demand("(");
        var items = Separated(item);
        Demand(")");
        return items;
    }

    protected List<T> Separated<T>(Func<T> item)
    {
        var items = new List<T>();
        do
            items.Add(item());
        while (Take(","));
        return items;
    }

    protected void DemandEnd()
    {
        Take(";");
        if (Peek.Kind is not SqlTokenKind.End)
            throw Unexpected("<EOF>");
    }

    protected SqlException Unexpected(string expecting) => SqlException.Syntax(Peek.At, $"mismatched input '{Peek.Text}'. Expecting: {expecting}");
}

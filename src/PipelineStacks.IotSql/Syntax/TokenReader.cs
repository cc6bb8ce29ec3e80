namespace PipelineStacks.IotSql.Syntax;

/// <summary>The tokens of a text from left to right, with the errors that name what stands there.</summary>
internal sealed class TokenReader
{
    private readonly Lexer _lexer;
    private readonly List<Token> _tokens;
    private int _at;

    public TokenReader(string sql)
    {
        _lexer = new Lexer(sql);
        _tokens = _lexer.Tokens();
    }

    public Token Current => _tokens[_at];

    public Token Next => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    public Token AfterNext => _tokens[Math.Min(_at + 2, _tokens.Count - 1)];

    public SqlPosition Position => _lexer.Position(Current.Offset);

    public Token Take() => _tokens[_at++];

    public bool Skip(string keyword)
    {
        if (!Current.IsWord(keyword))
            return false;
        _at++;
        return true;
    }

    public bool Skip(char symbol)
    {
        if (!Current.Is(symbol.ToString()))
            return false;
        _at++;
        return true;
    }

    public void Expect(string keyword)
    {
        if (!Skip(keyword))
            throw Unexpected(keyword);
    }

    public void Expect(char symbol)
    {
        if (!Skip(symbol))
            throw Unexpected($"'{symbol}'");
    }

    public IotSqlException Unexpected(string expected) => Error($"Expected {expected} but found {Current.Shown}");

    public IotSqlException Error(string problem) => Error(problem, Current);

    public IotSqlException Error(string problem, Token token) => new(problem, _lexer.Position(token.Offset));
}

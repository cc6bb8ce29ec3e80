using System.Text;

namespace PipelineStacks.IotSql.Syntax;

internal sealed class Lexer(string sql)
{
    private static readonly string[] Symbols = ["<>", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", ",", ".", ":", "#"];
    private static readonly Dictionary<string, string> Mistaken = new(StringComparer.Ordinal)
    {
        ["!="] = "'!=' isn't an operator of AWS IoT SQL: use '<>'",
        ["=="] = "'==' isn't an operator of AWS IoT SQL: use '='",
        ["||"] = "'||' isn't an operator of AWS IoT SQL: use '+' or concat()",
        ["--"] = "AWS IoT SQL has no comments: found '--'",
        ["/*"] = "AWS IoT SQL has no comments: found '/*'",
    };

    private int _at;

    public SqlPosition Position(int offset)
    {
        var before = sql.AsSpan(0, Math.Min(offset, sql.Length));
        return new SqlPosition(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    public List<Token> Tokens()
    {
        var tokens = new List<Token>();
        do
            tokens.Add(Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        while (_at < sql.Length && char.IsWhiteSpace(sql[_at]))
            _at++;
        if (_at == sql.Length)
            return new Token(TokenKind.End, "", _at);
        var start = _at;
        var first = sql[_at];
        if (first is '\'' or '"')
            return Text(first);
        if (char.IsAsciiDigit(first))
            return Number();
        if (IsNamePart(first))
            return new Token(TokenKind.Name, Name(), start);
        if (first == '@' && _at + 1 < sql.Length && IsNamePart(sql[_at + 1]))
        {
            _at++;
            return new Token(TokenKind.Variable, Name(), start);
        }
        var rest = sql.AsSpan(_at);
        foreach (var (text, problem) in Mistaken)
            if (rest.StartsWith(text))
                throw new IotSqlException(problem, Position(start));
        foreach (var symbol in Symbols)
        {
            if (!rest.StartsWith(symbol))
                continue;
            _at += symbol.Length;
            return new Token(TokenKind.Symbol, symbol, start);
        }
        throw new IotSqlException($"Unexpected character '{first}'", Position(start));
    }

    private static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';

    private string Name()
    {
        var start = _at;
        while (_at < sql.Length && IsNamePart(sql[_at]))
            _at++;
        return sql[start.._at];
    }

    private Token Number()
    {
        var start = _at;
        Digits();
        if (_at + 1 < sql.Length && sql[_at] == '.' && char.IsAsciiDigit(sql[_at + 1]))
        {
            _at++;
            Digits();
        }
        if (_at < sql.Length && sql[_at] is 'e' or 'E')
        {
            var digit = _at + 1 < sql.Length && sql[_at + 1] is '+' or '-' ? _at + 2 : _at + 1;
            if (digit < sql.Length && char.IsAsciiDigit(sql[digit]))
            {
                _at = digit;
                Digits();
            }
        }
        if (_at < sql.Length && IsNamePart(sql[_at]))
            throw new IotSqlException($"'{sql[start.._at]}{Name()}' is neither a number nor a name: names begin with a letter or '_'", Position(start));
        return new Token(TokenKind.Number, sql[start.._at], start);
    }

    private void Digits()
    {
        while (_at < sql.Length && char.IsAsciiDigit(sql[_at]))
            _at++;
    }

    private Token Text(char quote)
    {
        var start = _at++;
        var text = new StringBuilder();
        while (_at < sql.Length)
        {
            var character = sql[_at++];
            if (character == quote)
            {
                // A doubled quote stands for itself.
                if (_at == sql.Length || sql[_at] != quote)
                    return new Token(TokenKind.Text, text.ToString(), start, quote);
                _at++;
            }
            text.Append(character);
        }
        throw new IotSqlException($"The string that begins with {quote} has no end", Position(start));
    }
}

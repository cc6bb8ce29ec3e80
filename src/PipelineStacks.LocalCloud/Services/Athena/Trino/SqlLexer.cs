namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Splits a statement into tokens; comments and white space go.</summary>
internal sealed class SqlLexer
{
    private static readonly string[] Pairs = ["<>", "!=", "<=", ">=", "||", "->", "=>"];

    private readonly string _sql;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private SqlLexer(string sql) => _sql = sql;

    /// <exception cref="SqlException">A character that belongs to no token.</exception>
    public static List<SqlToken> Split(string sql)
    {
        var lexer = new SqlLexer(sql);
        var tokens = new List<SqlToken>();
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Kind is not SqlTokenKind.End);
        return tokens;
    }

    private SqlToken Next()
    {
        SkipBlanks();
        var start = _at;
        var at = new SqlPosition(_line, start - _lineStart + 1);
        if (start >= _sql.Length)
            return new(SqlTokenKind.End, "<EOF>", at, start, start);
        var first = _sql[start];
        if (first is '\'')
            return new(SqlTokenKind.Text, Quoted('\'', at), at, start, _at);
        if (first is '"' or '`')
            return new(SqlTokenKind.QuotedWord, Quoted(first, at), at, start, _at);
        if (char.IsAsciiDigit(first) || (first is '.' && start + 1 < _sql.Length && char.IsAsciiDigit(_sql[start + 1])))
            return new(SqlTokenKind.Number, Number(), at, start, _at);
        if (char.IsLetter(first) || first is '_')
            return new(SqlTokenKind.Word, Word(), at, start, _at);
        if (first is '?')
        {
            _at++;
            return new(SqlTokenKind.Parameter, "?", at, start, _at);
        }

        var pair = Pairs.FirstOrDefault(pair => string.CompareOrdinal(_sql, start, pair, 0, 2) == 0);
        if (pair is null && !"+-*/%=<>(),.[];:|{}".Contains(first, StringComparison.Ordinal))
            throw SqlException.Syntax(at, $"extraneous input '{first}'");
        _at += pair?.Length ?? 1;
        return new(SqlTokenKind.Symbol, pair ?? first.ToString(), at, start, _at);
    }

    private void SkipBlanks()
    {
        while (_at < _sql.Length)
        {
            if (char.IsWhiteSpace(_sql[_at]))
                Step();
            else if (string.CompareOrdinal(_sql, _at, "--", 0, 2) == 0)
                while (_at < _sql.Length && _sql[_at] is not '\n')
                    _at++;
            else if (string.CompareOrdinal(_sql, _at, "/*", 0, 2) == 0)
                SkipComment();
            else
                return;
        }
    }

    private void SkipComment()
    {
        while (_at < _sql.Length && string.CompareOrdinal(_sql, _at, "*/", 0, 2) != 0)
            Step();
        _at = Math.Min(_at + 2, _sql.Length);
    }

    private void Step()
    {
        if (_sql[_at++] is '\n')
        {
            _line++;
            _lineStart = _at;
        }
    }

    private string Quoted(char quote, SqlPosition at)
    {
        var text = new System.Text.StringBuilder();
        for (_at++; _at < _sql.Length; Step())
        {
            if (_sql[_at] != quote)
            {
                text.Append(_sql[_at]);
            }
            else if (_at + 1 < _sql.Length && _sql[_at + 1] == quote)
            {
                text.Append(quote);
                _at++;
            }
            else
            {
                _at++;
                return text.ToString();
            }
        }

        throw SqlException.Syntax(at, $"mismatched input '{quote}'. Expecting: the closing {quote}");
    }

    private string Number()
    {
        var start = _at;
        while (_at < _sql.Length && (char.IsAsciiDigit(_sql[_at]) || _sql[_at] is '.' or '_'))
            _at++;
        if (_at < _sql.Length && _sql[_at] is 'e' or 'E')
        {
            var exponent = _at + 1;
            if (exponent < _sql.Length && _sql[exponent] is '+' or '-')
                exponent++;
            if (exponent < _sql.Length && char.IsAsciiDigit(_sql[exponent]))
            {
                _at = exponent;
                while (_at < _sql.Length && char.IsAsciiDigit(_sql[_at]))
                    _at++;
            }
        }

        return _sql[start.._at].Replace("_", "", StringComparison.Ordinal);
    }

    private string Word()
    {
        var start = _at;
        while (_at < _sql.Length && (char.IsLetterOrDigit(_sql[_at]) || _sql[_at] is '_' or '@'))
            _at++;
        return _sql[start.._at];
    }
}

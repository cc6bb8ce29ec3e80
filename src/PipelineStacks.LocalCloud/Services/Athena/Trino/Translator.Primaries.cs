namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Literals, columns, casts, CASE, subqueries and the other expressions with a syntax of their own.</summary>
internal sealed partial class Translator
{
    private int _subqueries;
    private Equality? _equality;

    private Expr Primary()
    {
        var token = Peek;
        switch (token.Kind)
        {
            case SqlTokenKind.Text:
                Next();
                return Literal(token.Text);
            case SqlTokenKind.Number:
                Next();
                return Number(token.Text);
            case SqlTokenKind.Parameter:
                Next();
                return Argument(token.At);
            case SqlTokenKind.QuotedWord:
                return Is("(") ? throw Unexpected("<expression>") : ColumnOrCall();
            case SqlTokenKind.Word:
                return Special(token) ?? ColumnOrCall();
            case SqlTokenKind.Symbol when token.Text is "(":
                return Parenthesis();
            default:
                throw Unexpected("<expression>");
        }
    }

    private Expr Argument(SqlPosition at)
    {
        if (_arguments >= _context.Parameters.Count)
            throw SqlException.Syntax(at, $"Incorrect number of parameters: expected at least {_arguments + 1} but found {_context.Parameters.Count}");
        var text = _context.Parameters[_arguments++];
        try
        {
            var translator = new Translator(SqlLexer.Split(text), _context with { Parameters = [] });
            var value = translator.Unary();
            translator.DemandEnd();
            // A bare word is no column: whoever passes it means a text.
            return translator._result.Columns.Count > 0 ? Literal(text) : value;
        }
        catch (SqlException error) when (error.IsSyntax)
        {
            return Literal(text);
        }
    }

    private Expr? Special(SqlToken token)
    {
        var word = token.Text.ToLowerInvariant();
        if (PeekAt(1).Kind is SqlTokenKind.Text && TypedLiterals.Contains(word))
            return TypedLiteral(word);
        switch (word)
        {
            case "null" or "true" or "false":
                Next();
                return new Expr(word.ToUpperInvariant()) { IsLiteral = word is not "null" };
            case "interval" when PeekAt(1).Kind is SqlTokenKind.Text || PeekAt(1).Is("-") || PeekAt(1).Is("+"):
                return Interval();
            case "case":
                return Case();
            case "cast" or "try_cast" when PeekAt(1).Is("("):
                return Cast(word is "try_cast");
            case "exists" when PeekAt(1).Is("("):
                Next();
                return $"EXISTS {Subquery()}";
            case "array" when PeekAt(1).Is("["):
                return Array();
            case "row" when PeekAt(1).Is("("):
                Next();
                var fields = Parenthesised(() => Expression().Sql);
                return new Expr($"row({Join(fields)})") { Row = fields };
            case "extract" when PeekAt(1).Is("("):
                return Extract();
            case "substring" when PeekAt(1).Is("("):
                return Substring();
            case "trim" when PeekAt(1).Is("("):
                return Trim();
            case "position" when PeekAt(1).Is("("):
                return Position();
            case "grouping" when PeekAt(1).Is("("):
                Next();
                return $"GROUPING({Join(Parenthesised(() => Expression().Sql))})";
            case "x" when PeekAt(1).Kind is SqlTokenKind.Text:
                Next();
                return $"unhex({DuckDb.Sql.Literal(Text().Replace(" ", "", StringComparison.Ordinal))})";
            case "timestamp" when PeekAt(1).Is("with"):
                throw Unexpected("<expression>");
            default:
                return Now(word) ?? (PeekAt(1).Is("->") ? Lambda() : ReservedWord(word) ? throw Unexpected("<expression>") : null);
        }
    }

    private static bool ReservedWord(string word) => word is "select" or "from" or "where" or "group" or "order" or "having" or "union" or "join"
        or "on" or "as" or "and" or "or" or "not" or "then" or "when" or "else" or "end" or "in" or "is" or "like" or "between" or "by" or "with" or "using";

    private Expr Case()
    {
        Next();
        var sql = new System.Text.StringBuilder("CASE");
        if (!Is("when"))
            sql.Append(' ').Append(Expression().Sql);
        while (Take("when"))
        {
            sql.Append(" WHEN ").Append(Expression().Sql);
            Demand("then");
            sql.Append(" THEN ").Append(Expression().Sql);
        }

        if (Take("else"))
            sql.Append(" ELSE ").Append(Expression().Sql);
        Demand("end");
        return sql.Append(" END").ToString();
    }

    private Expr Cast(bool isTry)
    {
        Next();
        Demand("(");
        var value = Expression();
        Demand("as");
        var type = Type();
        Demand(")");
        if (type is "VARCHAR")
            return Use("to_varchar", value);
        if (type.StartsWith("VARCHAR(", StringComparison.Ordinal))
            return $"left({Use("to_varchar", value).Sql}, {type[8..^1]})";
        if (type is "JSON")
            return $"to_json({value.Sql})";
        return $"{(isTry ? "TRY_CAST" : "CAST")}({value.Sql} AS {type})";
    }

    private Expr Array()
    {
        Next();
        Demand("[");
        var items = Is("]") ? [] : Separated(() => Expression().Sql);
        Demand("]");
        return $"[{Join(items)}]";
    }

    private Expr Extract()
    {
        Next();
        Demand("(");
        var field = Name();
        Demand("from");
        var value = Expression();
        Demand(")");
        var function = field.Text.ToLowerInvariant() switch { "dow" => "day_of_week", "doy" => "day_of_year", "yow" => "year_of_week", var name => name };
        return Call(function, field.At, [value], "", "");
    }

    private Expr Substring()
    {
        var at = Next().At;
        Demand("(");
        var arguments = new List<Expr> { Expression() };
        while (Take(",") || Take("from") || Take("for"))
            arguments.Add(Expression());
        Demand(")");
        return Call("substr", at, arguments, "", "");
    }

    private Expr Trim()
    {
        var at = Next().At;
        Demand("(");
        var function = Take("leading") ? "ltrim" : Take("trailing") ? "rtrim" : "trim";
        Take("both");
        var arguments = new List<Expr>();
        if (!Is("from"))
            arguments.Add(Expression());
        if (Take("from"))
            arguments.Insert(0, Expression());
        else if (Take(","))
            arguments.Add(Expression());
        Demand(")");
        return Call(function, at, arguments, "", "");
    }

    private Expr Position()
    {
        var at = Next().At;
        Demand("(");
        var part = Sum();
        Demand("in");
        var text = Sum();
        Demand(")");
        return Call("strpos", at, [text, part], "", "");
    }

    private string Subquery()
    {
        Demand("(");
        _subqueries++;
        var query = QueryExpression();
        Demand(")");
        return $"({query})";
    }

    private Expr Parenthesis()
    {
        if (IsLambda())
            return Lambda();
        if (IsQuery() && PeekAt(1).Kind is SqlTokenKind.Word)
            return Subquery();
        Demand("(");
        var items = Separated(Expression);
        Demand(")");
        return items.Count == 1
            ? items[0] with { Sql = $"({items[0].Sql})", Name = null }
            : new Expr($"row({Join(items.Select(item => item.Sql))})") { Row = [.. items.Select(item => item.Sql)] };
    }

    private bool IsLambda()
    {
        var ahead = 1;
        while (PeekAt(ahead).IsName || PeekAt(ahead).Is(","))
            ahead++;
        return PeekAt(ahead).Is(")") && PeekAt(ahead + 1).Is("->");
    }

    private Expr Lambda()
    {
        var names = Is("(") ? LambdaNames() : [Name().Text];
        Demand("->");
        _lambdas.AddRange(names);
        var body = Expression().Sql;
        _lambdas.RemoveRange(_lambdas.Count - names.Count, names.Count);
        return $"lambda {Join(names.Select(Quote))}: {body}";
    }

    private List<string> LambdaNames()
    {
        Demand("(");
        var names = Is(")") ? [] : Separated(() => Name().Text);
        Demand(")");
        return names;
    }
}

using PipelineStacks.IotSql.Evaluation;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Syntax;

/// <summary>Expressions, from the weakest operator to the strongest: OR, AND, NOT, comparison, + -, * / %, a member's dot.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private const int Deepest = 200;

    private static readonly Dictionary<string, BinaryOperator> Comparisons = new(StringComparer.Ordinal)
    {
        ["="] = BinaryOperator.Equal,
        ["<>"] = BinaryOperator.NotEqual,
        ["<"] = BinaryOperator.Less,
        ["<="] = BinaryOperator.LessOrEqual,
        [">"] = BinaryOperator.Greater,
        [">="] = BinaryOperator.GreaterOrEqual,
    };

    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "FROM", "WHERE", "AS", "AND", "OR", "NOT", "IN", "EXISTS", "CASE", "WHEN", "THEN", "ELSE", "END", "SET",
    };

    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private int _depth;

    public TokenReader Tokens => tokens;

    /// <summary>Words that are no names of fields, nor of functions.</summary>
    public static bool IsKeyword(string word) => Keywords.Contains(word);

    public void Declare(string variable) => _variables.Add(variable);

    /// <summary>What a SELECT lists, up to its FROM.</summary>
    public SelectClause Select() => new SelectParser(this).Select();

    public Expression Expression()
    {
        Descend();
        var left = And();
        while (tokens.Current.IsWord("OR"))
            left = Join(BinaryOperator.Or, left, And);
        _depth--;
        return left;
    }

    public string Name(string expected) => tokens.Current.Kind == TokenKind.Name
        ? tokens.Take().Text
        : throw (tokens.Current.Kind == TokenKind.Number
            ? tokens.Error($"Expected {expected} but found {tokens.Current.Shown}: read names that begin with a digit, and items of an array, with get()")
            : tokens.Unexpected(expected));

    public Star Star()
    {
        var position = tokens.Position;
        tokens.Expect('*');
        return new Star(position);
    }

    private Expression And()
    {
        var left = Not();
        while (tokens.Current.IsWord("AND"))
            left = Join(BinaryOperator.And, left, Not);
        return left;
    }

    private Expression Not()
    {
        var position = tokens.Position;
        if (!tokens.Current.IsWord("NOT"))
            return Comparison();
        Descend();
        tokens.Take();
        var operand = Not();
        _depth--;
        return new Not(operand, position);
    }

    private Expression Comparison()
    {
        var left = Sum();
        while (true)
        {
            if (tokens.Current.Kind == TokenKind.Symbol && Comparisons.TryGetValue(tokens.Current.Text, out var comparison))
                left = Join(comparison, left, Sum);
            else if (tokens.Current.IsWord("IN"))
                left = Join(BinaryOperator.In, left, Sum);
            else if (tokens.Current.IsWord("LIKE"))
                throw tokens.Error("LIKE isn't part of AWS IoT SQL: use startswith(), endswith(), indexof() or regexp_matches()");
            else if (tokens.Current.IsWord("BETWEEN") || tokens.Current.IsWord("IS"))
                throw tokens.Error($"{tokens.Current.Text.ToUpperInvariant()} isn't part of AWS IoT SQL: use comparisons, isNull() or isUndefined()");
            else if (tokens.Current.IsWord("NOT"))
                throw tokens.Error("NOT stands before the whole comparison: NOT (a IN b)");
            else
                return left;
        }
    }

    private Expression Sum()
    {
        var left = Product();
        while (tokens.Current.Is("+") || tokens.Current.Is("-"))
            left = Join(tokens.Current.Is("+") ? BinaryOperator.Add : BinaryOperator.Subtract, left, Product);
        return left;
    }

    private Expression Product()
    {
        var left = Sign();
        while (tokens.Current.Is("*") || tokens.Current.Is("/") || tokens.Current.Is("%"))
        {
            var product = tokens.Current.Text switch { "*" => BinaryOperator.Multiply, "/" => BinaryOperator.Divide, _ => BinaryOperator.Remainder };
            left = Join(product, left, Sign);
        }
        return left;
    }

    private Expression Sign()
    {
        var position = tokens.Position;
        if (!tokens.Skip('-'))
            return Members();
        Descend();
        var operand = Sign();
        _depth--;
        return operand is Literal { Value: NumberValue number } ? new Literal(number.Negate(), position) : new Negative(operand, position);
    }

    private Expression Members()
    {
        var value = Primary();
        while (true)
        {
            var position = tokens.Position;
            if (tokens.Skip('.'))
                value = new Member(value, Name("a field's name after '.'"), position);
            else if (tokens.Current.Is("["))
                throw tokens.Error("AWS IoT SQL has no index in brackets: use get(array, index)");
            else
                return value;
        }
    }

    private Expression Primary()
    {
        var token = tokens.Current;
        var position = tokens.Position;
        switch (token.Kind)
        {
            case TokenKind.Number:
                tokens.Take();
                return new Literal(NumberValue.Parse(token.Text) ?? throw tokens.Error($"{token.Shown} is out of range", token), position);
            case TokenKind.Text:
                tokens.Take();
                return new Literal(new StringValue(token.Text), position);
            case TokenKind.Variable:
                if (!_variables.Contains(token.Text))
                    throw tokens.Error($"Unknown variable '@{token.Text}': assign it in SET before SELECT");
                tokens.Take();
                return new Variable(token.Text, position);
            case TokenKind.Name:
                return Word(token, position);
            case TokenKind.Symbol when token.Text == "(":
                return Parenthesis(position);
            case TokenKind.Symbol when token.Text == "[":
                tokens.Take();
                return new ArrayLiteral(List("]", Expression), position);
            case TokenKind.Symbol when token.Text == "{":
                tokens.Take();
                return new ObjectLiteral(List("}", ObjectMember), position);
            default:
                throw tokens.Unexpected("a value");
        }
    }

    private Expression Word(Token word, SqlPosition position)
    {
        if (tokens.Next.Is("(") && !IsKeyword(word.Text))
            return word.IsWord("cast") ? Casting(position) : Calling(position);
        if (word.IsWord("CASE"))
            return Case(position);
        if (word.IsWord("EXISTS"))
        {
            tokens.Take();
            tokens.Expect('(');
            var query = tokens.Current.IsWord("SELECT") ? Nested(position) : throw tokens.Unexpected("SELECT");
            tokens.Expect(')');
            return new Exists(query, position);
        }
        if (IsKeyword(word.Text))
            throw tokens.Unexpected("a value");
        tokens.Take();
        if (word.IsWord("NULL"))
            return new Literal(SqlValue.Null, position);
        if (word.IsWord("TRUE") || word.IsWord("FALSE"))
            return new Literal(SqlValue.Of(word.IsWord("TRUE")), position);
        return new Field(word.Text, position);
    }

    private Call Calling(SqlPosition position)
    {
        var name = tokens.Take();
        tokens.Expect('(');
        var arguments = List(")", () => tokens.Current.Is("*") ? Star() : Expression());
        var function = name.Text.ToLowerInvariant();
        if (Functions.CallsOut(function) is { } service)
            throw tokens.Error($"The function '{function}' calls {service}, which this rules engine doesn't do", name);
        if (Functions.Find(function) is not { } definition)
            throw tokens.Error($"Unknown function '{name.Text}'", name);
        if (function is "encode" or "decode" && Functions.SchemeProblem(arguments) is { } problem)
            throw tokens.Error($"{function}: {problem}", name);
        return new Call(function, arguments, position) { Definition = definition };
    }

    private Cast Casting(SqlPosition position)
    {
        tokens.Take();
        tokens.Expect('(');
        var value = Expression();
        tokens.Expect("AS");
        var type = tokens.Current.Kind == TokenKind.Name ? tokens.Current.Text.ToUpperInvariant() : throw tokens.Unexpected("a type");
        CastType result = type switch
        {
            "STRING" or "NVARCHAR" or "TEXT" or "NTEXT" or "VARCHAR" => CastType.String,
            "INT" or "INTEGER" => CastType.Int,
            "DECIMAL" => CastType.Decimal,
            "DOUBLE" => CastType.Double,
            "BOOL" or "BOOLEAN" => CastType.Boolean,
            _ => throw tokens.Error($"Unknown type '{tokens.Current.Text}': cast knows String, Int, Decimal, Double and Boolean"),
        };
        tokens.Take();
        tokens.Expect(')');
        return new Cast(value, result, position);
    }

    private Case Case(SqlPosition position)
    {
        tokens.Take();
        if (tokens.Current.IsWord("WHEN"))
            throw tokens.Error("CASE needs the value that WHEN compares: CASE value WHEN … THEN … END");
        var value = Expression();
        var branches = new List<CaseBranch>();
        while (tokens.Skip("WHEN"))
        {
            var match = Expression();
            tokens.Expect("THEN");
            branches.Add(new CaseBranch(match, Expression()));
        }
        if (branches.Count == 0)
            throw tokens.Unexpected("WHEN");
        var otherwise = tokens.Skip("ELSE") ? Expression() : null;
        tokens.Expect("END");
        return new Case(value, branches, otherwise, position);
    }

    private Expression Parenthesis(SqlPosition position)
    {
        tokens.Take();
        var inner = tokens.Current.IsWord("SELECT") ? Nested(position) : Expression();
        if (tokens.Current.Is(","))
            throw tokens.Error("A list of values stands in brackets: [a, b]");
        tokens.Expect(')');
        return inner;
    }

    private NestedQuery Nested(SqlPosition position)
    {
        tokens.Expect("SELECT");
        Descend();
        var select = Select();
        tokens.Expect("FROM");
        if (tokens.Current.Kind == TokenKind.Text)
            throw tokens.Error("A nested SELECT reads an array or an object of the payload, not a topic");
        var source = Members();
        var alias = tokens.Skip("AS") ? Name("a name after AS") : null;
        var where = tokens.Skip("WHERE") ? Expression() : null;
        _depth--;
        return new NestedQuery(select, source, alias, where, position);
    }

    private KeyValuePair<string, Expression> ObjectMember()
    {
        var name = tokens.Current.Kind == TokenKind.Text ? tokens.Take().Text : throw tokens.Unexpected("a member's name in quotes");
        tokens.Expect(':');
        return new(name, Expression());
    }

    private List<T> List<T>(string end, Func<T> item)
    {
        var items = new List<T>();
        if (tokens.Skip(end[0]))
            return items;
        do
            items.Add(item());
        while (tokens.Skip(','));
        tokens.Expect(end[0]);
        return items;
    }

    private Binary Join(BinaryOperator join, Expression left, Func<Expression> right)
    {
        var position = tokens.Position;
        tokens.Take();
        return new Binary(join, left, right(), position);
    }

    // Each level is one more on the machine's stack. Whoever descends comes up again by itself.
    private void Descend()
    {
        if (++_depth > Deepest)
            throw tokens.Error($"The expression is nested deeper than {Deepest} levels");
    }
}

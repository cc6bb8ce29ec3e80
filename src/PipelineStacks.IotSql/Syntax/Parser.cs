namespace PipelineStacks.IotSql.Syntax;

/// <summary>Reads statements; <see cref="ExpressionParser"/> reads what stands in them.</summary>
internal sealed class Parser(string sql)
{
    private const int MostVariables = 10;
    private const int LongestVariable = 64;

    private readonly ExpressionParser _expressions = new(new TokenReader(sql));

    private TokenReader Tokens => _expressions.Tokens;

    public Query Query()
    {
        if (Tokens.Current.Kind == TokenKind.End)
            throw Tokens.Error("The statement is empty: expected SELECT");
        var variables = Tokens.Skip("SET") ? Assignments() : [];
        Tokens.Expect("SELECT");
        var select = _expressions.Select();
        var from = Tokens.Skip("FROM") ? From() : null;
        var where = Tokens.Skip("WHERE") ? _expressions.Expression() : null;
        if (Tokens.Current.IsWord("SET"))
            throw Tokens.Error("SET stands once, before SELECT");
        if (Tokens.Current.Kind != TokenKind.End)
            throw Tokens.Unexpected(from is null ? "FROM, WHERE or the end" : where is null ? "WHERE or the end" : "an operator or the end");
        return new Query(sql, variables, select, from, where);
    }

    /// <summary>The expression of a substitution template, which may use the statement's variables.</summary>
    public Expression Template(IEnumerable<string> variables)
    {
        foreach (var variable in variables)
            _expressions.Declare(variable);
        var expression = _expressions.Expression();
        return Tokens.Current.Kind == TokenKind.End ? expression : throw Tokens.Unexpected("an operator or '}'");
    }

    private List<Assignment> Assignments()
    {
        var variables = new List<Assignment>();
        do
        {
            var name = Tokens.Current.Kind == TokenKind.Variable ? Tokens.Take() : throw Tokens.Unexpected("a variable such as @name");
            if (name.Text.Length > LongestVariable)
                throw Tokens.Error($"The name of '@{name.Text}' is longer than {LongestVariable} characters", name);
            if (variables.Any(variable => variable.Name == name.Text))
                throw Tokens.Error($"'@{name.Text}' can be assigned only once", name);
            Tokens.Expect('=');
            variables.Add(new Assignment(name.Text, _expressions.Expression()));
            _expressions.Declare(name.Text);
            if (variables.Count > MostVariables)
                throw Tokens.Error($"A statement can have at most {MostVariables} variables", name);
        }
        while (Tokens.Skip(','));
        return variables;
    }

    private TopicFilter From()
    {
        var filter = Tokens.Current;
        if (filter.Kind != TokenKind.Text || filter.Quote != '\'')
            throw Tokens.Unexpected("a topic filter in single quotes");
        if (TopicFilter.Problem(filter.Text) is { } problem)
            throw Tokens.Error($"Invalid FROM: {problem}");
        Tokens.Take();
        return new TopicFilter(filter.Text);
    }
}

namespace PipelineStacks.IotSql.Syntax;

/// <summary>What a SELECT lists: items with their names, or the one value of SELECT VALUE.</summary>
internal sealed class SelectParser(ExpressionParser expressions)
{
    private TokenReader Tokens => expressions.Tokens;

    public SelectClause Select()
    {
        if (!IsValueKeyword())
            return new SelectClause(false, Items());
        Tokens.Take();
        var expression = Tokens.Current.Is("*") ? expressions.Star() : expressions.Expression();
        if (Tokens.Current.IsWord("AS"))
            throw Tokens.Error("SELECT VALUE makes the value itself: it takes no AS");
        if (Tokens.Current.Is(","))
            throw Tokens.Error("SELECT VALUE takes one item");
        return new SelectClause(true, [new SelectItem(expression, [])]);
    }

    // VALUE is also a fine name for a field: it is the keyword only where a value follows.
    private bool IsValueKeyword()
    {
        if (!Tokens.Current.IsWord("VALUE"))
            return false;
        var next = Tokens.Next;
        return next.Kind switch
        {
            TokenKind.Name => !next.IsWord("FROM") && !next.IsWord("AS") && !next.IsWord("IN") && !next.IsWord("AND") && !next.IsWord("OR") && !next.IsWord("WHERE"),
            TokenKind.Symbol => next.Text is "(" or "[" or "{" or "-" || (next.Text == "*" && (Tokens.AfterNext.IsWord("FROM") || Tokens.AfterNext.Kind == TokenKind.End)),
            TokenKind.End => false,
            _ => true,
        };
    }

    private List<SelectItem> Items()
    {
        var items = new List<SelectItem>();
        do
            items.Add(Item());
        while (Tokens.Skip(','));
        return items;
    }

    private SelectItem Item()
    {
        if (Tokens.Current.Is("*"))
            return new SelectItem(expressions.Star(), []);
        var start = Tokens.Current;
        var expression = expressions.Expression();
        if (Tokens.Skip("AS"))
            return new SelectItem(expression, Alias());
        return expression switch
        {
            Field field => new SelectItem(field, [field.Name]),
            Member member => new SelectItem(member, [member.Name]),
            Variable variable => new SelectItem(variable, [variable.Name]),
            _ when Tokens.Current.Kind == TokenKind.Name && !ExpressionParser.IsKeyword(Tokens.Current.Text) => throw Tokens.Unexpected("',', AS or FROM"),
            _ => throw Tokens.Error("The item needs a name: add AS name (a field whose name has a hyphen is read by get())", start),
        };
    }

    private List<string> Alias()
    {
        var names = new List<string>();
        do
            names.Add(expressions.Name("a name after AS"));
        while (Tokens.Skip('.'));
        return names;
    }
}

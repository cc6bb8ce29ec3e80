namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Operators and predicates, from the loosest to the tightest.</summary>
internal sealed partial class Translator
{
    private static readonly string[] Comparisons = ["=", "<>", "!=", "<", "<=", ">", ">="];

    private Expr Expression() => Or(null);

    /// <param name="conjuncts">Takes the conditions that AND joins at the top; left empty where OR does.</param>
    private Expr Or(List<Conjunct>? conjuncts)
    {
        var left = And(conjuncts);
        while (Take("or"))
        {
            conjuncts?.Clear();
            left = $"({left.Sql} OR {And(null).Sql})";
        }

        return left;
    }

    private Expr And(List<Conjunct>? conjuncts)
    {
        var left = Not(conjuncts);
        while (Take("and"))
            left = $"({left.Sql} AND {Not(conjuncts).Sql})";
        return left;
    }

    private Expr Not(List<Conjunct>? conjuncts)
    {
        if (Take("not"))
            return $"(NOT {Not(null).Sql})";
        var (uses, tables, subqueries) = (_result.Columns.Count, _result.Tables.Count, _subqueries);
        _equality = null;
        var predicate = Predicate();
        var alone = tables == _result.Tables.Count && subqueries == _subqueries;
        conjuncts?.Add(new(predicate.Sql, alone ? _result.Columns[uses..] : null, _equality));
        _equality = null;
        return predicate;
    }

    private Expr Predicate()
    {
        var left = Sum();
        while (true)
        {
            var at = Peek.At;
            if (Comparisons.FirstOrDefault(Is) is { } comparison)
            {
                Next();
                left = Compare(left, comparison is "!=" ? "<>" : comparison, at);
                continue;
            }

            if (Take("is"))
            {
                var not = Take("not") ? " NOT" : "";
                left = Take("distinct", "from") ? $"({left.Sql} IS{not} DISTINCT FROM {Sum().Sql})" : $"({left.Sql} IS{not} {Truth()})";
                continue;
            }

            var negated = Is("not") && (PeekAt(1).Is("in") || PeekAt(1).Is("like") || PeekAt(1).Is("between")) && Take("not") ? "NOT " : "";
            if (Take("between"))
            {
                var low = Sum();
                Demand("and");
                left = $"({left.Sql} {negated}BETWEEN {Typed(left, low, at, negated + "BETWEEN")} AND {Typed(left, Sum(), at, negated + "BETWEEN")})";
            }
            else if (Take("in"))
            {
                left = In(left, negated, at);
            }
            else if (Take("like"))
            {
                var pattern = Sum().Sql;
                left = $"({left.Sql} {negated}LIKE {pattern}{(Take("escape") ? $" ESCAPE {Sum().Sql}" : "")})";
            }
            else
            {
                return left;
            }
        }
    }

    private string Truth()
    {
        foreach (var word in (ReadOnlySpan<string>)["null", "true", "false", "unknown"])
            if (Take(word))
                return word.ToUpperInvariant();
        throw Unexpected("'DISTINCT', 'NOT', 'NULL'");
    }

    private Expr Compare(Expr left, string comparison, SqlPosition at)
    {
        foreach (var quantifier in (ReadOnlySpan<string>)["all", "any", "some"])
        {
            if (!Is(quantifier, "("))
                continue;
            Next();
            Demand("(");
            _subqueries++;
            var query = QueryExpression();
            Demand(")");
            return $"({left.Sql} {comparison} {quantifier.ToUpperInvariant()} ({query}))";
        }

        var right = Sum();
        if (comparison is "=" && left.Column is { } column && right.IsLiteral)
            _equality = new(column.Path, [right.Text ?? right.Sql]);
        else if (comparison is "=" && right.Column is { } other && left.IsLiteral)
            _equality = new(other.Path, [left.Text ?? left.Sql]);
        return $"({Typed(right, left, at, comparison)} {comparison} {Typed(left, right, at, comparison)})";
    }

    private Expr In(Expr left, string negated, SqlPosition at)
    {
        Demand("(");
        if (IsQuery())
        {
            _subqueries++;
            var query = QueryExpression();
            Demand(")");
            return $"({left.Sql} {negated}IN ({query}))";
        }

        var values = Separated(Expression);
        Demand(")");
        if (negated.Length == 0 && left.Column is { } column && values.TrueForAll(value => value.IsLiteral))
            _equality = new(column.Path, [.. values.Select(value => value.Text ?? value.Sql)]);
        return $"({left.Sql} {negated}IN ({Join(values.Select(value => Typed(left, value, at, negated + "IN")))}))";
    }

    // DuckDB compares texts with anything by casting them; Trino refuses, and a query that works here must work there.
    private static string Typed(Expr other, Expr value, SqlPosition at, string comparison) =>
        value.Type is null || other.Column is null
            ? value.Sql
            : $"trino.compared{(value.Text is null ? "_value" : "")}({other.Sql}, {value.Sql}, {DuckDb.Sql.Literal($"TYPE_MISMATCH: {at}: Cannot apply operator: ")}, "
                + $"{DuckDb.Sql.Literal($" {comparison} {value.Type}")})";

    private Expr Sum()
    {
        var left = Product();
        while (true)
        {
            if (Is("+") || Is("-"))
            {
                var operation = Next().Text;
                var right = Product();
                if (operation is "+" && (left.IsInterval != right.IsInterval))
                    left = left.IsInterval ? Use("$plus", right, left) : Use("$plus", left, right);
                else if (operation is "-" && right.IsInterval && !left.IsInterval)
                    left = Use("$minus", left, right);
                else
                    left = new Expr($"({left.Sql} {operation} {right.Sql})") { IsInterval = left.IsInterval };
            }
            else if (Take("||"))
            {
                left = $"({left.Sql} || {Product().Sql})";
            }
            else
            {
                return left;
            }
        }
    }

    private Expr Product()
    {
        var left = Unary();
        while (true)
        {
            if (Take("*"))
            {
                var right = Unary();
                left = new Expr($"({left.Sql} * {right.Sql})") { IsInterval = left.IsInterval || right.IsInterval };
            }
            else if (Take("/"))
            {
                left = Use("$divide", left, Unary());
            }
            else if (Take("%"))
            {
                left = Use("$modulus", left, Unary());
            }
            else
            {
                return left;
            }
        }
    }

    private Expr Unary()
    {
        if (Take("-"))
        {
            var operand = Unary();
            return new Expr($"(- {operand.Sql})") { IsLiteral = operand.IsLiteral && operand.Text is null, Type = operand.Type, IsInterval = operand.IsInterval };
        }

        if (Take("+"))
            return Unary();
        var value = Postfix();
        while (Take("at"))
        {
            Demand("time", "zone");
            value = Use("at_timezone", value, Postfix());
        }

        return value;
    }

    private Expr Postfix()
    {
        var value = Primary();
        while (true)
        {
            if (Take("["))
            {
                value = $"{value.Sql}[{Expression().Sql}]";
                Demand("]");
            }
            else if (Take("."))
            {
                var field = Name().Text;
                value = new Expr($"({value.Sql}).{Quote(field)}") { Name = field };
            }
            else
            {
                return value;
            }
        }
    }

    /// <summary>A macro that stands for an operator.</summary>
    private static Expr Use(string name, params ReadOnlySpan<Expr> arguments)
    {
        var all = new List<string>();
        foreach (var argument in arguments)
            all.Add(argument.Sql);
        return $"trino.{name.TrimStart('$')}({Join(all)})";
    }
}

using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Columns and function calls.</summary>
internal sealed partial class Translator
{
    private readonly List<string> _lambdas = [];

    private Expr ColumnOrCall()
    {
        var first = Name();
        if (Is("(") && first.Kind is SqlTokenKind.Word)
            return Call(first);
        var path = new List<string> { first.Text };
        while (Is(".") && PeekAt(1).IsName)
        {
            Next();
            path.Add(Name().Text);
        }

        var sql = string.Join('.', path.Select(Quote));
        if (_lambdas.Contains(path[0], StringComparer.OrdinalIgnoreCase))
            return new Expr(sql) { Name = path[^1] };
        var use = new ColumnUse(path, first.At);
        _result.Columns.Add(use);
        return new Expr(sql) { Name = path[^1], Column = use };
    }

    private Expr Call(SqlToken name)
    {
        var function = name.Text.ToLowerInvariant();
        Demand("(");
        if (Is("*"))
        {
            Next();
            Demand(")");
            return function is "count" ? $"count(*){Filter()}{Over()}" : throw Unexpected("<expression>");
        }

        var distinct = Take("distinct") ? "DISTINCT " : "";
        if (distinct.Length == 0)
            Take("all");
        var arguments = Is(")") ? [] : Separated(Expression);
        var order = Take("order", "by") ? $" ORDER BY {Join(Separated(SortItem))}" : "";
        if (function is "listagg" && Take("on"))
            throw SqlException.NotSupported("LISTAGG … ON OVERFLOW");
        Demand(")");
        if (Take("within"))
        {
            Demand("group", "(", "order", "by");
            order = $" ORDER BY {Join(Separated(SortItem))}";
            Demand(")");
        }

        var filter = Filter();
        var nulls = Nulls();
        return Call(function, name.At, arguments, distinct, order, nulls, filter + Over());
    }

    private Expr Call(
        string function, SqlPosition at, IReadOnlyList<Expr> arguments, string distinct, string order, string nulls = "", string after = "")
    {
        var isAggregate = distinct.Length + order.Length + nulls.Length + after.Length > 0;
        if (AggregateFunctions.Find(function) is { } aggregate)
            return aggregate(new AggregateCall([.. arguments.Select(argument => argument.Sql)], distinct, order + nulls, after));
        if (ScalarFunctions.Translate(function, arguments) is { } sql)
            return !isAggregate ? sql : throw SqlException.At("FUNCTION_NOT_AGGREGATE", at, $"Function '{function}' is not an aggregate or window function");
        // Reported once the tables have been found, as Trino looks at FROM first.
        _result.Functions.Add(new(function, at));
        return $"{Quote(function)}({Join(arguments.Select(argument => argument.Sql))})";
    }

    private string Nulls() =>
        Take("ignore", "nulls") ? " IGNORE NULLS" : Take("respect", "nulls") ? " RESPECT NULLS" : "";

    private string Filter()
    {
        if (!Is("filter", "("))
            return "";
        Next();
        Demand("(", "where");
        var condition = Expression().Sql;
        Demand(")");
        return $" FILTER (WHERE {condition})";
    }

    private string Over()
    {
        if (!Take("over"))
            return "";
        if (!Take("("))
            return $" OVER {Quote(Name().Text)}";
        var window = WindowSpecification();
        return $" OVER ({window})";
    }

    private string WindowSpecification()
    {
        var sql = new System.Text.StringBuilder();
        if (Peek.IsName && !Is("partition") && !Is("order") && !Is("rows") && !Is("range") && !Is("groups"))
            sql.Append(Quote(Name().Text));
        if (Take("partition", "by"))
            sql.Append(CultureInfo.InvariantCulture, $" PARTITION BY {Join(Separated(() => Expression().Sql))}");
        if (Take("order", "by"))
            sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {Join(Separated(SortItem))}");
        if (Is("rows") || Is("range") || Is("groups"))
            sql.Append(CultureInfo.InvariantCulture, $" {Next().Text.ToUpperInvariant()} {Frame()}");
        Demand(")");
        return sql.ToString();
    }

    private string Frame()
    {
        if (!Take("between"))
            return Bound();
        var low = Bound();
        Demand("and");
        return $"BETWEEN {low} AND {Bound()}";
    }

    private string Bound()
    {
        if (Take("current", "row"))
            return "CURRENT ROW";
        var distance = Take("unbounded") ? "UNBOUNDED" : Sum().Sql;
        if (Take("preceding"))
            return distance + " PRECEDING";
        Demand("following");
        return distance + " FOLLOWING";
    }
}

using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>FROM: tables, subqueries, joins, UNNEST.</summary>
internal sealed partial class Translator
{
    private static readonly string[] ClauseWords =
    [
        "from", "where", "group", "having", "order", "limit", "offset", "fetch", "union", "except", "intersect", "window", "on", "using",
        "cross", "join", "inner", "left", "right", "full", "natural", "tablesample", "with", "as", "asc", "desc", "nulls", "and", "or", "when",
        "then", "else", "end", "for", "range", "rows", "groups", "partition",
    ];

    private bool IsClause() => Peek.Kind is SqlTokenKind.Word && ClauseWords.Contains(Peek.Text, StringComparer.OrdinalIgnoreCase);

    private string Relation()
    {
        var block = Current;
        var start = block.Tables.Count;
        var left = Sampled();
        while (true)
        {
            var middle = block.Tables.Count;
            if (Take("cross", "join"))
            {
                left = $"{left} {(IsUnnest() ? "CROSS JOIN LATERAL" : "CROSS JOIN")} {Sampled()}";
                continue;
            }

            var natural = Take("natural");
            if (JoinType() is not { } type)
                return natural ? throw Unexpected("'JOIN'") : left;
            var lateral = IsUnnest();
            var right = Sampled();
            if (type is "RIGHT" or "FULL")
                block.Tables[start..middle].ForEach(table => table.Prunable = false);
            if (type is "LEFT" or "FULL")
                block.Tables[middle..].ForEach(table => table.Prunable = false);
            left = $"{left} {(natural ? "NATURAL " : "")}{type} JOIN {(lateral ? "LATERAL " : "")}{right}{(natural ? "" : JoinCondition())}";
        }
    }

    private string? JoinType()
    {
        foreach (var type in (ReadOnlySpan<string>)["left", "right", "full"])
        {
            if (!Take(type))
                continue;
            Take("outer");
            Demand("join");
            return type.ToUpperInvariant();
        }

        if (Take("inner"))
        {
            Demand("join");
            return "INNER";
        }

        return Take("join") ? "INNER" : null;
    }

    private string JoinCondition()
    {
        if (Take("using"))
            return $" USING ({Join(Parenthesised(() => Quote(Name().Text)))})";
        Demand("on");
        return $" ON {Expression().Sql}";
    }

    private bool IsUnnest() => Is("unnest", "(") || Is("lateral", "(");

    private string Sampled()
    {
        var relation = Aliased();
        if (!Take("tablesample"))
            return relation;
        var method = Take("system") ? "SYSTEM" : "BERNOULLI";
        if (method is "BERNOULLI")
            Demand("bernoulli");
        Demand("(");
        var share = Expression().Sql;
        Demand(")");
        return $"{relation} TABLESAMPLE {method}({share} PERCENT)";
    }

    private string Aliased()
    {
        if (Is("unnest", "("))
            return Unnest();
        var lateral = Take("lateral");
        if (Take("("))
        {
            var inner = IsQuery() ? $"({QueryExpression()})" : $"({Relation()})";
            Demand(")");
            return inner + Alias(null, out _);
        }

        if (lateral)
            throw Unexpected("'('");
        if (Is("table", "("))
            throw SqlException.NotSupported("A table function");
        var tables = _blocks.Count == 0 ? 0 : Current.Tables.Count;
        var table = TableName();
        var alias = Alias(table, out var name);
        if (_blocks.Count > 0 && Current.Tables.Count > tables)
        {
            var reference = Current.Tables[^1];
            reference.Alias = name ?? reference.Name;
            return table + (name is null ? $" AS {Quote(reference.Name)}" : alias);
        }

        return table + alias;
    }

    private bool IsQuery()
    {
        var ahead = 0;
        while (PeekAt(ahead).Is("("))
            ahead++;
        return PeekAt(ahead).Is("select") || PeekAt(ahead).Is("with") || PeekAt(ahead).Is("values")
            || (PeekAt(ahead).Is("table") && !PeekAt(ahead + 1).Is("("));
    }

    private string Alias(string? relation, out string? name)
    {
        name = null;
        if (!Take("as") && (!Peek.IsName || IsClause()))
            return "";
        name = Name().Text.ToLowerInvariant();
        return $" AS {Quote(name)}{(Is("(") ? $"({Join(Parenthesised(() => Quote(Name().Text)))})" : "")}";
    }

    /// <summary>A table of the catalog, or a query that WITH named.</summary>
    private string TableName()
    {
        var first = Name();
        var path = new List<string> { first.Text.ToLowerInvariant() };
        while (Take("."))
            path.Add(Name().Text.ToLowerInvariant());
        if (path.Count == 1 && _ctes.Exists(cte => cte.Name == Quote(path[0])))
            return Quote(path[0]);
        if (path.Count == 3 && path[0] != "awsdatacatalog")
            throw SqlException.At("CATALOG_NOT_FOUND", first.At, $"Catalog '{path[0]}' not found");
        var reference = new TableReference(path.Count == 1 ? _context.Database : path[^2], path[^1], first.At, _context.FirstTable + _result.Tables.Count);
        _result.Tables.Add(reference);
        if (_blocks.Count > 0)
            Current.Tables.Add(reference);
        return $"{Quote(reference.Database)}.{Quote(reference.View)}";
    }

    /// <summary>Arrays side by side, each a column; a map is a column of keys and one of values.</summary>
    private string Unnest()
    {
        Demand("unnest");
        var arrays = Parenthesised(() => Expression().Sql);
        var ordinality = Take("with", "ordinality");
        string? alias = null;
        List<string> columns = [];
        if (Take("as") || (Peek.IsName && !IsClause()))
        {
            alias = Quote(Name().Text.ToLowerInvariant());
            if (Is("("))
                columns = Parenthesised(() => Quote(Name().Text));
        }

        var map = arrays.Count == 1 && columns.Count - (ordinality ? 1 : 0) == 2;
        var items = map
            ? [$"unnest(map_entries({arrays[0]}), max_depth := 2)"]
            : arrays.Select((array, index) => $"unnest({array}) AS \"_col{index.ToString(CultureInfo.InvariantCulture)}\"").ToList();
        if (ordinality)
            items.Add($"generate_subscripts({(map ? $"map_keys({arrays[0]})" : arrays[0])}, 1) AS \"ordinality\"");
        return $"(SELECT {Join(items)}) AS {alias ?? "\"unnest\""}{(columns.Count > 0 ? $"({Join(columns)})" : "")}";
    }
}

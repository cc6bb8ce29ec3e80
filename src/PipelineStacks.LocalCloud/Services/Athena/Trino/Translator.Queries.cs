using System.Globalization;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>WITH, SELECT, VALUES, set operations, ORDER BY and LIMIT.</summary>
internal sealed partial class Translator
{
    private const string PathMark = "\u0001";

    private static readonly string[] SetOperations = ["union", "except", "intersect"];

    private string QueryExpression()
    {
        var known = _ctes.Count;
        var sql = With() + QueryTerm() + OrderAndLimit();
        _ctes.RemoveRange(known, _ctes.Count - known);
        return sql;
    }

    private string With()
    {
        if (!Take("with"))
            return "";
        var recursive = Take("recursive");
        var parts = new List<string>();
        do
        {
            var name = Quote(Name().Text.ToLowerInvariant());
            var columns = Is("(") ? $"({Join(Parenthesised(() => Quote(Name().Text)))})" : "";
            // A recursive query sees itself.
            if (recursive)
                _ctes.Add((name, ""));
            Demand("as", "(");
            var sql = $"{name}{columns} AS ({QueryExpression()})";
            Demand(")");
            if (recursive)
                _ctes.RemoveAt(_ctes.Count - 1);
            _ctes.Add((name, sql));
            parts.Add(sql);
        }
        while (Take(","));
        return $"WITH {(recursive ? "RECURSIVE " : "")}{Join(parts)} ";
    }

    private string QueryTerm()
    {
        var sql = new StringBuilder(QueryPrimary());
        while (SetOperations.FirstOrDefault(Is) is { } operation)
        {
            Next();
            var all = Take("all");
            if (!all)
                Take("distinct");
            sql.Append(CultureInfo.InvariantCulture, $" {operation.ToUpperInvariant()}{(all ? " ALL" : "")} {QueryPrimary()}");
        }

        return sql.ToString();
    }

    private string QueryPrimary()
    {
        if (Take("("))
        {
            var inner = QueryExpression();
            Demand(")");
            return $"({inner})";
        }

        if (Is("values"))
            return Values();
        if (Take("table"))
            return $"SELECT {Star(null)} FROM {TableName()}";
        if (Is("select"))
            return Select();
        throw Unexpected("'(', 'SELECT', 'TABLE', 'VALUES', 'WITH'");
    }

    private string Values()
    {
        Demand("values");
        var width = 1;
        var rows = Separated(() =>
        {
            var row = Expression();
            width = Math.Max(width, row.Row?.Count ?? 1);
            return row.Row is { } values ? $"({Join(values)})" : $"({row.Sql})";
        });
        // Trino names them _col0, _col1 …
        return $"SELECT * FROM (VALUES {Join(rows)}) AS \"values\"({Join(Enumerable.Range(0, width).Select(i => $"\"_col{i}\""))})";
    }

    private string OrderAndLimit()
    {
        var sql = new StringBuilder();
        if (Take("order", "by"))
            sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {Join(Separated(SortItem))}");
        var offset = "";
        if (Take("offset"))
        {
            offset = $" OFFSET {Primary().Sql}";
            if (!Take("rows"))
                Take("row");
        }

        if (Take("limit"))
        {
            if (!Take("all"))
                sql.Append(CultureInfo.InvariantCulture, $" LIMIT {Primary().Sql}");
        }
        else if (Take("fetch"))
        {
            if (!Take("first"))
                Demand("next");
            var count = Peek.Kind is SqlTokenKind.Number or SqlTokenKind.Parameter ? Primary().Sql : "1";
            if (!Take("rows"))
                Demand("row");
            if (Is("with"))
                throw SqlException.NotSupported("FETCH FIRST … WITH TIES");
            Demand("only");
            sql.Append(CultureInfo.InvariantCulture, $" LIMIT {count}");
        }

        return sql.Append(offset).ToString();
    }

    private string SortItem()
    {
        var item = Expression().Sql;
        if (Take("desc"))
            item += " DESC";
        else if (Take("asc"))
            item += " ASC";
        if (Take("nulls", "first"))
            return item + " NULLS FIRST";
        Take("nulls", "last");
        return item + " NULLS LAST";
    }

    private string Select()
    {
        Demand("select");
        var block = new Block();
        _blocks.Push(block);
        var uses = _result.Columns.Count;
        var distinct = Take("distinct");
        if (!distinct)
            Take("all");
        var items = new List<string>();
        var known = true;
        do
            items.Add(SelectItem(items.Count, ref known));
        while (Take(","));
        var itemUses = _result.Columns.Count;
        if (Take("from"))
            block.From = $" FROM {Join(Separated(Relation))}";
        var fromUses = _result.Columns.Count;
        var sql = new StringBuilder($"SELECT {(distinct ? "DISTINCT " : "")}{ResolveStars(Join(items), block)}{block.From}");
        if (Take("where"))
            sql.Append(" WHERE ").Append(Where(block));
        if (Take("group", "by"))
            sql.Append(" GROUP BY ").Append(GroupBy());
        if (Take("having"))
            sql.Append(" HAVING ").Append(Expression().Sql);
        if (Take("window"))
            sql.Append(" WINDOW ").Append(Join(Separated(() =>
            {
                var name = Quote(Name().Text);
                Demand("as", "(");
                return $"{name} AS ({WindowSpecification()})";
            })));
        Probe(block, _result.Columns[uses..itemUses].Concat(_result.Columns[fromUses..]));
        _blocks.Pop();
        // Trino lets a column be qualified by its table's schema, which DuckDB does not where the table has an alias.
        foreach (var table in block.Tables.Where(table => table.Alias == table.Name))
            sql.Replace($"{Quote(table.Database)}.{Quote(table.Name)}.", $"{Quote(table.Name)}.");
        return sql.ToString();
    }

    private string SelectItem(int index, ref bool known)
    {
        if (Take("*"))
        {
            known = false;
            return Star(null);
        }

        var relation = new List<string>();
        for (var ahead = 0; PeekAt(ahead).IsName && PeekAt(ahead + 1).Is("."); ahead += 2)
        {
            relation.Add(PeekAt(ahead).Text);
            if (!PeekAt(ahead + 2).Is("*"))
                continue;
            for (var i = 0; i < ahead + 3; i++)
                Next();
            known = false;
            return Star(Quote(relation[^1].ToLowerInvariant()));
        }

        var item = Expression();
        if (Take("as") || (Peek.IsName && !IsClause()))
        {
            var alias = Name().Text;
            Current.Aliases.Add(alias);
            return $"{item.Sql} AS {Quote(alias)}";
        }

        // After a star the number of the column is known only when DuckDB has bound the query.
        return item.Name is { } name ? $"{item.Sql} AS {Quote(name)}" : $"{item.Sql} AS \"_col{(known ? index.ToString(CultureInfo.InvariantCulture) : "?")}\"";
    }

    // "$path" is in every table's view but not in its star.
    private string Star(string? relation) => (relation, _context.UsesPath) switch
    {
        (null, false) => "*",
        (null, true) => "COLUMNS(lambda c: c <> '$path')",
        (_, false) => $"{relation}.*",
        // Only tables have it, and which names are tables shows in the FROM that follows.
        (_, true) => $"{relation}.*{PathMark}",
    };

    private static string ResolveStars(string items, Block block)
    {
        foreach (var table in block.Tables)
            items = items.Replace($"{Quote(table.Alias)}.*{PathMark}", $"{Quote(table.Alias)}.* EXCLUDE (\"$path\")", StringComparison.Ordinal);
        return items.Replace(PathMark, "", StringComparison.Ordinal);
    }

    private string Where(Block block)
    {
        var conjuncts = new List<Conjunct>();
        var sql = Or(conjuncts).Sql;
        foreach (var table in block.Tables.Where(table => table.Prunable))
            table.Conjuncts = conjuncts;
        return sql;
    }

    private string GroupBy()
    {
        if (Take("distinct"))
            throw SqlException.NotSupported("GROUP BY DISTINCT");
        Take("all");
        return Join(Separated(GroupingElement));
    }

    private string GroupingElement()
    {
        if (Take("rollup"))
            return $"ROLLUP ({Join(Parenthesised(GroupingSet))})";
        if (Take("cube"))
            return $"CUBE ({Join(Parenthesised(GroupingSet))})";
        if (Take("grouping", "sets"))
            return $"GROUPING SETS ({Join(Parenthesised(GroupingElement))})";
        if (Is("(") && PeekAt(1).Is(")"))
            return GroupingSet();
        var element = Expression();
        return element.Row is { } row ? $"({Join(row)})" : element.Sql;
    }

    private string GroupingSet()
    {
        if (Take("("))
        {
            if (Take(")"))
                return "()";
            var set = $"({Join(Separated(() => Expression().Sql))})";
            Demand(")");
            return set;
        }

        return Expression().Sql;
    }

    private void Probe(Block block, IEnumerable<ColumnUse> uses)
    {
        foreach (var use in uses)
        {
            if (use.Path is not [var name] || !block.Aliases.Contains(name))
                continue;
            var with = _ctes.Exists(cte => cte.Sql.Length > 0) ? $"WITH {Join(_ctes.Where(cte => cte.Sql.Length > 0).Select(cte => cte.Sql))} " : "";
            _result.Probes.Add(new($"{with}SELECT {Quote(name)}{block.From}", use));
        }
    }
}

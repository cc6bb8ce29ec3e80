using System.Globalization;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Evaluation;

/// <summary>Measures rules and judges what was measured.</summary>
internal sealed partial class RuleEvaluator(DuckConnection duck, RuleSources sources, DateTimeOffset now)
{
    public Measured Evaluate(Rule rule)
    {
        if (rule is CompositeRule composite)
            return Measured.Compose(composite.Operator, [.. composite.Rules.Select(Evaluate)]);
        var simple = (SimpleRule)rule;
        try
        {
            return Measure(simple);
        }
        catch (DuckException error) when (!error.Interrupted)
        {
            return Measured.Error(error.Message.Split('\n')[0]);
        }
        catch (Exception error) when (error is EvaluationException or SqlException)
        {
            return Measured.Error(error.Message);
        }
    }

    private Measured Measure(SimpleRule rule)
    {
        var name = rule.Arguments.Count > 0 ? rule.Arguments[0] : "";
        var wanted = rule.Kind switch
        {
            "ColumnExists" or "CustomSql" or "RowCount" or "ColumnCount" => [],
            "IsPrimaryKey" => rule.Arguments,
            "ReferentialIntegrity" => Names(name),
            _ => [name],
        };
        if (wanted.FirstOrDefault(column => !sources.Columns.ContainsKey(column.ToLowerInvariant())) is { } missing)
            return Measured.Fail($"Input data does not include column {missing}!");
        var source = rule.Where is null ? "\"primary\"" : $"(SELECT * FROM \"primary\" WHERE ({rule.Where}))";
        var column = DuckDb.Sql.Identifier(name);
        return rule.Kind switch
        {
            "RowCount" => Judge(rule, "Dataset.*.RowCount", Number($"SELECT count(*) FROM {source}")),
            "ColumnCount" => Judge(rule, "Dataset.*.ColumnCount", sources.Columns.Count),
            "ColumnExists" => sources.Columns.ContainsKey(name.ToLowerInvariant()) ? new("PASS", null, new Dictionary<string, double>()) : Measured.Fail($"Column {name} does not exist!"),
            "IsComplete" => All($"Column.{name}.Completeness", Completeness(column, source)),
            "Completeness" => Judge(rule, $"Column.{name}.Completeness", Completeness(column, source)),
            "IsUnique" => All($"Column.{name}.Uniqueness", Uniqueness(column, source)),
            "Uniqueness" => Judge(rule, $"Column.{name}.Uniqueness", Uniqueness(column, source)),
            "UniqueValueRatio" => Judge(rule, $"Column.{name}.UniqueValueRatio", Number($"SELECT count(*) FILTER (n = 1) / count(*) FROM {Groups(column, source)}")),
            "DistinctValuesCount" => Judge(rule, $"Column.{name}.DistinctValuesCount", Number($"SELECT count(DISTINCT {column}) FROM {source}")),
            "IsPrimaryKey" => PrimaryKey(rule, source),
            "ColumnValues" => Compliance(rule, $"Column.{name}.ColumnValues.Compliance", column, source,
                RowCondition.OfValue(column, sources.Columns[name.ToLowerInvariant()], rule.Condition!, now)),
            "ColumnDataType" => Compliance(rule, $"Column.{name}.ColumnDataType.Compliance", column, $"(SELECT * FROM {source} WHERE {column} IS NOT NULL)",
                RowCondition.OfType(column, rule.Condition!.Operands[0].Text)),
            "DataFreshness" => Compliance(rule, $"Column.{name}.DataFreshness.Compliance", column, source, RowCondition.OfAge(column, rule.Condition!, now)),
            "ColumnLength" => Length(rule, name, column, source),
            "CustomSql" => CustomSql(rule),
            "ReferentialIntegrity" => References(rule, name, source),
            "Mean" => Judge(rule, $"Column.{name}.Mean", Number($"SELECT avg(CAST({column} AS DOUBLE)) FROM {source}")),
            "Sum" => Judge(rule, $"Column.{name}.Sum", Number($"SELECT sum(CAST({column} AS DOUBLE)) FROM {source}")),
            "StandardDeviation" => Judge(rule, $"Column.{name}.StandardDeviation", Number($"SELECT stddev_pop(CAST({column} AS DOUBLE)) FROM {source}")),
            _ => throw new InvalidOperationException($"The parser let the rule type {rule.Kind} pass."),
        };
    }

    private static Measured Judge(SimpleRule rule, string metric, double value) => Measured.Of(metric, value, rule.Condition!.Holds(value));

    private static Measured All(string metric, double share) => Measured.Of(metric, share, share >= 1);

    private double Completeness(string column, string source) => Number($"SELECT count({column}) / count(*) FROM {source}");

    private double Uniqueness(string column, string source) => Number($"SELECT coalesce(sum(n) FILTER (n = 1), 0) / sum(n) FROM {Groups(column, source)}");

    private static string Groups(string column, string source) =>
        $"(SELECT count(*) AS n FROM {source} AS rows WHERE {column} IS NOT NULL GROUP BY {column})";

    private Measured PrimaryKey(SimpleRule rule, string source)
    {
        var columns = rule.Arguments.Select(DuckDb.Sql.Identifier).ToList();
        var complete = string.Join(" AND ", columns.Select(column => $"{column} IS NOT NULL"));
        var share = Number($"""
            SELECT CAST(coalesce(sum(n) FILTER (n = 1 AND whole), 0) AS DOUBLE) / sum(n)
            FROM (SELECT count(*) AS n, ({complete}) AS whole FROM {source} AS rows GROUP BY {string.Join(", ", columns)})
            """);
        return Measured.Of($"Multicolumn.{string.Join(",", rule.Arguments)}.PrimaryKey", share, share >= 1);
    }

    private Measured Compliance(SimpleRule rule, string metric, string column, string source, string condition)
    {
        using var counted = duck.Query($"SELECT count(*), count(*) FILTER ({condition}), min(CAST({column} AS VARCHAR)) FILTER (NOT ({condition})) FROM {source} AS rows");
        counted.Read();
        var (rows, fit, example) = (counted.Get<long>(0), counted.Get<long>(1), counted.GetValue(2) ?? "NULL");
        var share = (double)fit / rows;
        return Measured.Of(metric, share, rule.Threshold?.Holds(share) ?? fit == rows, string.Create(CultureInfo.InvariantCulture, $"{rows - fit} of {rows} rows do not fulfil it, such as {example}."));
    }

    private Measured Length(SimpleRule rule, string name, string column, string source)
    {
        // A null has the length 0.
        using var found = duck.Query($"SELECT min(n), max(n) FROM (SELECT DISTINCT coalesce(length(CAST({column} AS VARCHAR)), 0) AS n FROM {source} AS rows)");
        found.Read();
        if (found.IsNull(0))
            return Measured.Of($"Column.{name}.MinimumLength", double.NaN, holds: false);
        var (least, most) = ((double)found.Get<long>(0), (double)found.Get<long>(1));
        var holds = rule.Condition!.Operator is "in" || rule.Condition.Negated || rule.Condition.Operator is "!="
            ? Lengths(column, source).All(rule.Condition.Holds) : rule.Condition.Holds(least) && rule.Condition.Holds(most);
        var measured = Measured.Of($"Column.{name}.{(rule.Condition.Holds(most) ? "MinimumLength" : "MaximumLength")}", rule.Condition.Holds(most) ? least : most, holds);
        return measured with { Metrics = new Dictionary<string, double> { [$"Column.{name}.MinimumLength"] = least, [$"Column.{name}.MaximumLength"] = most } };
    }

    private List<double> Lengths(string column, string source)
    {
        var all = new List<double>();
        using var found = duck.Query($"SELECT DISTINCT coalesce(length(CAST({column} AS VARCHAR)), 0) FROM {source} AS rows");
        while (found.Read())
            all.Add(found.Get<long>(0));
        return all;
    }

    private Measured CustomSql(SimpleRule rule)
    {
        // The name is a reserved word in DuckDB and none in Spark.
        var sql = Primary().Replace(rule.Arguments[0], match => match.Value.Equals("primary", StringComparison.OrdinalIgnoreCase) ? "\"primary\"" : match.Value);
        foreach (Match table in QualifiedName().Matches(sql))
            sources.Find(table.Groups["name"].Value.ToLowerInvariant());
        sql = QualifiedName().Replace(sql, table => $"{table.Groups["word"].Value} {sources.Find(table.Groups["name"].Value.ToLowerInvariant())}");
        return Judge(rule, "Dataset.*.CustomSQL", Number(sql));
    }

    private Measured References(SimpleRule rule, string name, string source)
    {
        var target = rule.Arguments[1];
        var dot = target.IndexOf(".{", StringComparison.Ordinal) is >= 0 and var brace ? brace : target.LastIndexOf('.');
        if (dot < 0 || sources.Find(target[..dot]) is not { } view)
            throw new EvaluationException($"{target} names no column of an additional data source of the run (alias.column) or of a table (database.table.column).");
        var (own, other) = (Names(name), Names(target[(dot + 1)..].Trim('{', '}')));
        if (own.Count != other.Count)
            throw new EvaluationException($"{name} and {target} differ in the number of their columns.");
        var match = string.Join(" AND ", own.Zip(other, (left, right) => $"rows.{DuckDb.Sql.Identifier(left)} = other.{DuckDb.Sql.Identifier(right)}"));
        return Judge(rule, $"Column.{name}.ReferentialIntegrity", Number($"SELECT count(*) FILTER (EXISTS (SELECT 1 FROM {view} AS other WHERE {match})) / count(*) FROM {source} AS rows"));
    }

    private static List<string> Names(string list) => [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private double Number(string sql)
    {
        var value = duck.Scalar($"SELECT CAST(({sql}) AS DOUBLE)");
        return value is double number ? number : double.NaN;
    }

    [GeneratedRegex("""'(?:[^']|'')*'|"[^"]*"|\bprimary\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Primary();

    [GeneratedRegex(@"\b(?<word>from|join)\s+(?<name>[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.IgnoreCase)]
    private static partial Regex QualifiedName();
}

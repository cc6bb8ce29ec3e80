using System.Globalization;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Evaluation;

/// <summary>Conditions on a row's value as DuckDB's SQL. A null fulfils the negated ones and no others, as in Glue.</summary>
internal static class RowCondition
{
    public static string OfValue(string column, DuckType type, Condition condition, DateTimeOffset now)
    {
        var negated = condition.Negated != (condition.Operator == "!=");
        var sql = condition.Operator switch
        {
            "in" => string.Join(" OR ", condition.Operands.Select(operand => Equal(column, type, operand, now))),
            "matches" => $"regexp_full_match(CAST({column} AS VARCHAR), {DuckDb.Sql.Literal(condition.Operands[0].Text)})",
            "between" => $"{Comparable(column, type, condition.Operands[0])} > {Literal(condition.Operands[0], now)} AND {Comparable(column, type, condition.Operands[1])} < {Literal(condition.Operands[1], now)}",
            "=" or "!=" => Equal(column, type, condition.Operands[0], now),
            _ => $"{Comparable(column, type, condition.Operands[0])} {condition.Operator} {Literal(condition.Operands[0], now)}",
        };
        return negated ? $"NOT coalesce(({sql}), false)" : $"coalesce(({sql}), false)";
    }

    public static string OfType(string column, string type) => type.ToUpperInvariant() switch
    {
        "STRING" => "true",
        "BOOLEAN" or "DATE" or "TIMESTAMP" or "INTEGER" or "DOUBLE" or "FLOAT" => $"TRY_CAST(CAST({column} AS VARCHAR) AS {type.ToUpperInvariant()}) IS NOT NULL",
        "LONG" => $"TRY_CAST(CAST({column} AS VARCHAR) AS BIGINT) IS NOT NULL",
        _ => throw new EvaluationException($"ColumnDataType knows Boolean, Date, Timestamp, Integer, Long, Double, Float and String, and not {type}."),
    };

    public static string OfAge(string column, Condition condition, DateTimeOffset now)
    {
        var age = $"epoch({Time(now)} - TRY_CAST(CAST({column} AS VARCHAR) AS TIMESTAMP))";
        var sql = condition.Operator == "between"
            ? $"{age} > {Seconds(condition.Operands[0])} AND {age} < {Seconds(condition.Operands[1])}" : $"{age} {condition.Operator} {Seconds(condition.Operands[0])}";
        return condition.Negated ? $"NOT coalesce(({sql}), false)" : $"coalesce(({sql}), false)";
    }

    private static string Equal(string column, DuckType type, Operand operand, DateTimeOffset now) => operand.Kind switch
    {
        OperandKind.Null => $"{column} IS NULL",
        OperandKind.Empty => $"CAST({column} AS VARCHAR) = ''",
        OperandKind.WhitespacesOnly => $@"regexp_full_match(CAST({column} AS VARCHAR), '\s+')",
        _ => $"coalesce({Comparable(column, type, operand)} = {Literal(operand, now)}, false)",
    };

    private static string Comparable(string column, DuckType type, Operand operand) => (operand.Kind, type.Id) switch
    {
        (OperandKind.Number, DuckTypeId.Varchar) => $"TRY_CAST({column} AS DOUBLE)",
        (OperandKind.Now, DuckTypeId.Varchar) => $"TRY_CAST({column} AS TIMESTAMP)",
        _ => column,
    };

    private static string Literal(Operand operand, DateTimeOffset now) => operand.Kind switch
    {
        OperandKind.Number => operand.Text,
        OperandKind.Now => Time(now + operand.Span!.Value),
        _ => DuckDb.Sql.Literal(operand.Text),
    };

    private static string Seconds(Operand operand) => operand.Span!.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}

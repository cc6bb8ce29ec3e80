using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>cast(): the standard conversions, and between numbers and Booleans.</summary>
internal static class Casts
{
    public static SqlValue Apply(SqlValue value, CastType type) => type switch
    {
        CastType.String => Conversions.ToText(value) is { } text ? new StringValue(text) : SqlValue.Undefined,
        CastType.Boolean => Truth(value),
        CastType.Int => Number(value)?.Floor() ?? SqlValue.Undefined,
        CastType.Double => Number(value) is { } number ? NumberValue.Of(number.ToDouble()) ?? SqlValue.Undefined : SqlValue.Undefined,
        _ => Number(value) ?? SqlValue.Undefined,
    };

    private static NumberValue? Number(SqlValue value) => value is BooleanValue truth ? NumberValue.Of(truth.Value ? 1 : 0) : Conversions.ToNumber(value);

    private static SqlValue Truth(SqlValue value) =>
        value is NumberValue number ? SqlValue.Of(number.Sign != 0) : Conversions.ToBoolean(value) is { } truth ? SqlValue.Of(truth) : SqlValue.Undefined;
}

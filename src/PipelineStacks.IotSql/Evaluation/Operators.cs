using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>The tables of the reference's operators (iot-sql-operators). What no row names is Undefined.</summary>
internal static class Operators
{
    public static SqlValue Apply(BinaryOperator name, SqlValue left, SqlValue right) => name switch
    {
        BinaryOperator.And => Logic(left, right, (a, b) => a && b),
        BinaryOperator.Or => Logic(left, right, (a, b) => a || b),
        BinaryOperator.Equal => left.IsUndefined || right.IsUndefined ? SqlValue.Undefined : SqlValue.Of(AreEqual(left, right)),
        BinaryOperator.NotEqual => left.IsUndefined || right.IsUndefined ? SqlValue.Undefined : SqlValue.Of(!AreEqual(left, right)),
        BinaryOperator.Less => Compare(left, right, order => order < 0),
        BinaryOperator.LessOrEqual => Compare(left, right, order => order <= 0),
        BinaryOperator.Greater => Compare(left, right, order => order > 0),
        BinaryOperator.GreaterOrEqual => Compare(left, right, order => order >= 0),
        BinaryOperator.In => In(left, right),
        BinaryOperator.Add => Add(left, right),
        BinaryOperator.Subtract => Arithmetic(left, right, (a, b) => a.Subtract(b)),
        BinaryOperator.Multiply => Arithmetic(left, right, (a, b) => a.Multiply(b)),
        BinaryOperator.Divide => Arithmetic(left, right, (a, b) => a.Divide(b)),
        _ => Remainder(left, right),
    };

    public static SqlValue Remainder(SqlValue left, SqlValue right) => Arithmetic(left, right, (a, b) => a.Remainder(b));

    public static SqlValue Not(SqlValue operand) => Conversions.ToBoolean(operand) is { } truth ? SqlValue.Of(!truth) : SqlValue.Undefined;

    public static bool AreEqual(SqlValue left, SqlValue right) => (left, right) switch
    {
        (NumberValue a, NumberValue b) => a.CompareTo(b) == 0,
        (StringValue a, StringValue b) => a.Value == b.Value,
        (BooleanValue a, BooleanValue b) => a.Value == b.Value,
        (ArrayValue a, ArrayValue b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (ObjectValue a, ObjectValue b) => a.Members.Count == b.Members.Count && a.Members.All(member => AreEqual(member.Value, b[member.Key])),
        _ => left == SqlValue.Null && right == SqlValue.Null,
    };

    private static SqlValue Logic(SqlValue left, SqlValue right, Func<bool, bool, bool> join) =>
        Conversions.ToBoolean(left) is { } a && Conversions.ToBoolean(right) is { } b ? SqlValue.Of(join(a, b)) : SqlValue.Undefined;

    private static SqlValue Compare(SqlValue left, SqlValue right, Func<int, bool> holds) =>
        Conversions.ToNumber(left) is { } a && Conversions.ToNumber(right) is { } b ? SqlValue.Of(holds(a.CompareTo(b))) : SqlValue.Undefined;

    private static SqlValue In(SqlValue left, SqlValue right)
    {
        if (left.IsUndefined || right is not ArrayValue array)
            return SqlValue.Undefined;
        return SqlValue.Of(array.Items.Any(item => AreEqual(left, item)));
    }

    private static SqlValue Add(SqlValue left, SqlValue right)
    {
        if (left is NumberValue a && right is NumberValue b)
            return a.Add(b) ?? SqlValue.Undefined;
        if (left is not StringValue && right is not StringValue)
            return SqlValue.Undefined;
        return Conversions.ToText(left) is { } first && Conversions.ToText(right) is { } second ? new StringValue(first + second) : SqlValue.Undefined;
    }

    private static SqlValue Arithmetic(SqlValue left, SqlValue right, Func<NumberValue, NumberValue, NumberValue?> apply) =>
        Conversions.ToNumber(left) is { } a && Conversions.ToNumber(right) is { } b ? apply(a, b) ?? SqlValue.Undefined : SqlValue.Undefined;
}

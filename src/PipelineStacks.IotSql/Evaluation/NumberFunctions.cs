using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>Functions of numbers. Those that AWS computes in double precision do so here.</summary>
internal static class NumberFunctions
{
    public static IEnumerable<Function> All { get; } =
    [
        Exact("abs", number => number.Abs()),
        Exact("ceil", number => number.Ceiling()),
        Exact("floor", number => number.Floor()),
        Exact("round", number => number.Round()),
        Exact("sign", number => NumberValue.Of(number.Sign)),
        Double("acos", Math.Acos),
        Double("asin", Math.Asin),
        Double("atan", Math.Atan),
        Double("cos", Math.Cos),
        Double("cosh", Math.Cosh),
        Double("exp", Math.Exp),
        Double("ln", Math.Log),
        Double("log", Math.Log10),
        Double("sin", Math.Sin),
        Double("sinh", Math.Sinh),
        Double("sqrt", Math.Sqrt),
        Double("tan", Math.Tan),
        Double("tanh", Math.Tanh),
        Doubles("atan2", Math.Atan2),
        Doubles("power", Math.Pow),
        new("mod", 2, 2, (_, arguments) => Operators.Remainder(arguments[0], arguments[1])),
        new("remainder", 2, 2, (_, arguments) => Operators.Remainder(arguments[0], arguments[1])),
        new("nanvl", 2, 2, (_, arguments) => arguments[0].IsUndefined || arguments[0] == SqlValue.Null ? arguments[1] : arguments[0]),
        new("rand", 0, 0, (_, _) => NumberValue.Of(Random.Shared.NextDouble()) ?? SqlValue.Undefined),
        new("trunc", 2, 2, Truncate),
    ];

    private static Function Exact(string name, Func<NumberValue, NumberValue> apply) => new(name, 1, 1, (_, arguments) =>
        Conversions.ToNumber(arguments[0]) is { } number ? apply(number) : SqlValue.Undefined);

    private static Function Double(string name, Func<double, double> apply) => new(name, 1, 1, (_, arguments) =>
        Conversions.ToNumber(arguments[0]) is { } number ? NumberValue.Of(apply(number.ToDouble())) ?? SqlValue.Undefined : SqlValue.Undefined);

    private static Function Doubles(string name, Func<double, double, double> apply) => new(name, 2, 2, (_, arguments) =>
        Conversions.ToNumber(arguments[0]) is { } left && Conversions.ToNumber(arguments[1]) is { } right
            ? NumberValue.Of(apply(left.ToDouble(), right.ToDouble())) ?? SqlValue.Undefined
            : SqlValue.Undefined);

    private static SqlValue Truncate(MqttMessage message, IReadOnlyList<SqlValue> arguments) =>
        Conversions.ToNumber(arguments[0]) is { } number && arguments[1] is NumberValue places ? number.Truncate(Math.Clamp(places.ToIndex(), 0, 34)) : SqlValue.Undefined;
}

using System.Numerics;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>Bitwise functions; what isn't an Int is rounded down to one.</summary>
internal static class BitFunctions
{
    public static IEnumerable<Function> All { get; } =
    [
        Pair("bitand", (left, right) => left & right),
        Pair("bitor", (left, right) => left | right),
        Pair("bitxor", (left, right) => left ^ right),
        new("bitnot", 1, 1, (_, arguments) => Conversions.ToNumber(arguments[0]) is { } number ? Whole(Invert(number.Floor().ToBigInteger())) : SqlValue.Undefined),
    ];

    private static Function Pair(string name, Func<BigInteger, BigInteger, BigInteger> apply) => new(name, 2, 2, (_, arguments) =>
        Conversions.ToNumber(arguments[0]) is { } left && Conversions.ToNumber(arguments[1]) is { } right
            ? Whole(apply(left.Floor().ToBigInteger(), right.Floor().ToBigInteger()))
            : SqlValue.Undefined);

    // The reference's example is bitnot(13) = 2: the bits that the number has are inverted, none before them.
    private static BigInteger Invert(BigInteger number) =>
        number.Sign < 0 ? ~number : number ^ ((BigInteger.One << (int)number.GetBitLength()) - 1);

    private static SqlValue Whole(BigInteger number) => NumberValue.Of(number, 0) ?? SqlValue.Undefined;
}

using System.Globalization;
using System.Numerics;

namespace PipelineStacks.IotSql.Values;

/// <summary>
/// An Int or a Decimal with 34 digits, as the rules engine has them. In SQL version 2016-03-23 a whole number is an Int however it was written,
/// so the type follows from the value: <c>10.0</c> is the Int 10, and dividing by it divides Ints.
/// </summary>
public sealed class NumberValue : SqlValue
{
    private const int Digits = 34;
    private const int LargestExponent = 999;
    private static readonly BigInteger Limit = BigInteger.Pow(10, Digits);

    private readonly BigInteger _unscaled;
    private readonly int _scale;

    private NumberValue(BigInteger unscaled, int scale) => (_unscaled, _scale) = (unscaled, scale);

    /// <summary>Whether the number is an Int: whole, with no more than 34 digits.</summary>
    public bool IsInt => _scale == 0;

    internal static NumberValue Zero { get; } = new(BigInteger.Zero, 0);

    internal int Sign => _unscaled.Sign;

    internal BigInteger Unscaled => _unscaled;

    internal static NumberValue Of(long value) => new(value, 0);

    /// <summary>Null if the number is beyond 9.99…E999.</summary>
    internal static NumberValue? Of(BigInteger unscaled, int scale)
    {
        if (BigInteger.Abs(unscaled) >= Limit)
        {
            var excess = CountDigits(unscaled) - Digits;
            unscaled = RoundHalfEven(unscaled, BigInteger.Pow(10, excess));
            scale -= excess;
        }
        if (unscaled.IsZero)
            return Zero;
        while (scale > 0)
        {
            var quotient = BigInteger.DivRem(unscaled, 10, out var last);
            if (!last.IsZero)
                break;
            (unscaled, scale) = (quotient, scale - 1);
        }
        var exponent = CountDigits(unscaled) - 1 - scale;
        if (exponent > LargestExponent)
            return null;
        if (exponent < -LargestExponent)
            return Zero;
        if (scale < 0 && exponent < Digits)
            (unscaled, scale) = (unscaled * BigInteger.Pow(10, -scale), 0);
        return new NumberValue(unscaled, scale);
    }

    /// <summary>Null for what isn't finite.</summary>
    internal static NumberValue? Of(double value) => double.IsFinite(value) ? Parse(value.ToString("R", CultureInfo.InvariantCulture)) : null;

    /// <summary>Reads a number as JSON and AWS IoT SQL write it.</summary>
    internal static NumberValue? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < 18 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return Of(whole);
        var exponent = 0;
        var mark = text.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            if (!int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs((long)exponent) > 100_000)
                return null;
            text = text[..mark];
        }
        var point = text.IndexOf('.');
        var scale = point < 0 ? 0 : text.Length - point - 1;
        var digits = point < 0 ? text.ToString() : string.Concat(text[..point], text[(point + 1)..]);
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled) ? Of(unscaled, scale - exponent) : null;
    }

    internal NumberValue? Add(NumberValue other)
    {
        var (left, right, scale) = Align(other);
        return Of(left + right, scale);
    }

    internal NumberValue? Subtract(NumberValue other)
    {
        var (left, right, scale) = Align(other);
        return Of(left - right, scale);
    }

    internal NumberValue? Multiply(NumberValue other) => Of(_unscaled * other._unscaled, _scale + other._scale);

    internal NumberValue? Divide(NumberValue other)
    {
        if (other.Sign == 0)
            return null;
        if (IsInt && other.IsInt)
            return Of(BigInteger.Divide(_unscaled, other._unscaled), 0);
        var extra = Digits + 1 + CountDigits(other._unscaled);
        return Of(RoundHalfEven(_unscaled * BigInteger.Pow(10, extra), other._unscaled), _scale - other._scale + extra);
    }

    internal NumberValue? Remainder(NumberValue other)
    {
        if (other.Sign == 0)
            return null;
        var (left, right, scale) = Align(other);
        return Of(BigInteger.Remainder(left, right), scale);
    }

    internal NumberValue Negate() => new(-_unscaled, _scale);

    internal NumberValue Abs() => new(BigInteger.Abs(_unscaled), _scale);

    internal NumberValue Floor() => Whole(down: true);

    internal NumberValue Ceiling() => Whole(down: false);

    /// <summary>To the nearest whole number; halves go away from zero, as the reference's examples do.</summary>
    internal NumberValue Round()
    {
        if (_scale <= 0)
            return this;
        var unit = BigInteger.Pow(10, _scale);
        var doubled = (BigInteger.Abs(_unscaled) * 2 + unit) / (unit * 2);
        return new NumberValue(doubled * _unscaled.Sign, 0);
    }

    internal NumberValue Truncate(int places)
    {
        if (_scale <= places)
            return this;
        return Of(BigInteger.Divide(_unscaled, BigInteger.Pow(10, _scale - places)), places)!;
    }

    /// <summary>The whole number as a BigInteger; only for numbers without a fraction.</summary>
    internal BigInteger ToBigInteger() => _scale >= 0 ? _unscaled : _unscaled * BigInteger.Pow(10, -_scale);

    internal double ToDouble() => double.Parse(Text(), CultureInfo.InvariantCulture);

    /// <summary>The number clamped to what an index or a length can be.</summary>
    internal int ToIndex()
    {
        var whole = Floor();
        return whole.CompareTo(Of(int.MaxValue)) > 0 ? int.MaxValue : whole.CompareTo(Of(int.MinValue)) < 0 ? int.MinValue : (int)whole.ToBigInteger();
    }

    internal int CompareTo(NumberValue other)
    {
        var (left, right, _) = Align(other);
        return left.CompareTo(right);
    }

    /// <summary>An Int in standard notation, a Decimal in scientific notation where its exponent asks for it.</summary>
    internal string Text()
    {
        if (_scale == 0)
            return _unscaled.ToString(CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(_unscaled).ToString(CultureInfo.InvariantCulture);
        var sign = _unscaled.Sign < 0 ? "-" : "";
        var exponent = digits.Length - 1 - _scale;
        if (_scale > 0 && exponent >= -6)
        {
            var padded = digits.PadLeft(_scale + 1, '0');
            return $"{sign}{padded[..^_scale]}.{padded[^_scale..]}";
        }
        var significand = digits.TrimEnd('0');
        var fraction = significand.Length > 1 ? "." + significand[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{significand[0]}{fraction}E{(exponent < 0 ? "" : "+")}{exponent}");
    }

    private NumberValue Whole(bool down)
    {
        if (_scale <= 0)
            return this;
        var quotient = BigInteger.DivRem(_unscaled, BigInteger.Pow(10, _scale), out var rest);
        if (down && rest.Sign < 0)
            quotient--;
        else if (!down && rest.Sign > 0)
            quotient++;
        return new NumberValue(quotient, 0);
    }

    private (BigInteger Left, BigInteger Right, int Scale) Align(NumberValue other) =>
        _scale == other._scale ? (_unscaled, other._unscaled, _scale)
        : _scale < other._scale ? (_unscaled * BigInteger.Pow(10, other._scale - _scale), other._unscaled, other._scale)
        : (_unscaled, other._unscaled * BigInteger.Pow(10, _scale - other._scale), _scale);

    private static int CountDigits(BigInteger value)
    {
        value = BigInteger.Abs(value);
        if (value.IsZero)
            return 1;
        var estimate = (int)Math.Max(0, BigInteger.Log10(value) - 1);
        var power = BigInteger.Pow(10, estimate);
        while (power <= value)
            (power, estimate) = (power * 10, estimate + 1);
        return estimate;
    }

    private static BigInteger RoundHalfEven(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var rest);
        var half = (BigInteger.Abs(rest) * 2).CompareTo(BigInteger.Abs(divisor));
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + value.Sign * divisor.Sign : quotient;
    }
}

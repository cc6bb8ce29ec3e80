using System.Globalization;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>A decimal of up to 38 digits.</summary>
internal readonly record struct DuckDecimal(Int128 Unscaled, int Scale)
{
    /// <exception cref="OverflowException">More than the 28 digits that .NET's decimal holds.</exception>
    public static explicit operator decimal(DuckDecimal value) => decimal.Parse(value.ToString(), CultureInfo.InvariantCulture);

    public override string ToString()
    {
        var digits = Int128.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var text = Scale == 0 ? digits : $"{digits[..^Scale]}.{digits[^Scale..]}";
        return Unscaled < 0 ? "-" + text : text;
    }
}

/// <summary>A span of calendar time; its parts don't convert into each other.</summary>
internal readonly record struct DuckInterval(int Months, int Days, long Microseconds);

/// <summary>A struct's fields in their order.</summary>
internal sealed record DuckStruct(IReadOnlyList<KeyValuePair<string, object?>> Fields);

/// <summary>A map's entries in their order.</summary>
internal sealed record DuckMap(IReadOnlyList<KeyValuePair<object, object?>> Entries);

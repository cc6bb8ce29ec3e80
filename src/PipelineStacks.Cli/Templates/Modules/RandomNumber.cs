using System.Globalization;
using System.Text.Json;

namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>random.number</c>: 0 to 99999, 0 to a number, or by <c>{min,max,precision}</c>. All bounds are inclusive.</summary>
internal static class RandomNumber
{
    private const decimal StandardMax = 99_999;

    public static ValueWriter Compile(Argument argument)
    {
        var (min, max, precision) = Read(argument);
        if (precision <= 0)
            throw new ArgumentFault($"needs a precision above 0, not {Format(precision)}");
        if (min > max)
            throw new ArgumentFault($"has min {Format(min)} above max {Format(max)}: swap them");
        // Counted in steps of the precision, and in decimal, so that no value leaves its bounds by rounding.
        var first = Math.Ceiling(min / precision);
        var last = Math.Floor(max / precision);
        if (first > last)
            throw new ArgumentFault($"has no multiple of precision {Format(precision)} between {Format(min)} and {Format(max)}");
        if (first < long.MinValue / 2 || last > long.MaxValue / 2)
            throw new ArgumentFault("has bounds that are too far apart");
        var (low, count) = ((long)first, (long)(last - first) + 1);
        if (precision == 1)
            return (output, draws) => output.Append(low + draws.Random.NextBelow(count));
        return (output, draws) => output.Append(Format((low + draws.Random.NextBelow(count)) * precision));
    }

    private static (decimal Min, decimal Max, decimal Precision) Read(Argument argument)
    {
        if (argument.IsNone)
            return (0, StandardMax, 1);
        if (argument.Json is not { } json)
            throw new ArgumentFault($$"""takes a maximum or {"min":1,"max":10}, not {{argument}}: {{argument.NotJson}}""");
        if (json.ValueKind == JsonValueKind.Object)
            return (argument.Number("min", 0), argument.Number("max", Math.Max(StandardMax, argument.Number("min", 0))), argument.Number("precision", 1));
        return Argument.AsNumber(json) is { } max
            ? (0, max, 1)
            : throw new ArgumentFault($$"""takes a maximum or {"min":1,"max":10}, not {{argument}}""");
    }

    private static string Format(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}

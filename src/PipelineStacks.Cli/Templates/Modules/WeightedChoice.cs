using System.Text.Json;

namespace PipelineStacks.Cli.Templates.Modules;

/// <summary>
/// <c>random.weightedArrayElement</c>: each value by its share of the weights' sum, however small the share and whatever the sum.
/// </summary>
internal static class WeightedChoice
{
    private const string Example = """random.weightedArrayElement({"weights":[0.3,0.7],"data":["buy","rent"]})""";

    public static CompiledMethod Compile(Argument argument)
    {
        var weights = argument.Array(Example, "weights").EnumerateArray().Select(Weight).ToArray();
        byte[][] values = [.. argument.Array(Example, "data").EnumerateArray().Select(Argument.Render)];
        if (weights.Length != values.Length)
            throw new ArgumentFault($"has {weights.Length} weights for {values.Length} data: give each its weight");
        var sum = weights.Sum();
        if (sum <= 0)
            throw new ArgumentFault("has weights that are all 0: give one of them a share");
        var bounds = new double[weights.Length];
        var running = 0.0;
        for (var i = 0; i < weights.Length; i++)
            bounds[i] = (running += weights[i]) / sum;
        return new((output, draws) => output.Append(values[Pick(bounds, draws.Random.NextDouble())]), RandomModule.MayOpen(values));
    }

    private static int Pick(double[] bounds, double drawn)
    {
        for (var i = 0; i < bounds.Length; i++)
        {
            if (drawn < bounds[i])
                return i;
        }

        // Rounding may leave the last bound just under 1: what is drawn above it belongs to the last value that has a share.
        return Array.FindIndex(bounds, bound => bound == bounds[^1]);
    }

    private static double Weight(JsonElement weight) =>
        Argument.AsNumber(weight) is { } value and >= 0 ? (double)value : throw new ArgumentFault($"takes weights of 0 or more, not {weight.GetRawText()}");
}

using System.Globalization;

namespace PipelineStacks.Benchmarks;

/// <summary>How long to measure and where to write the figures.</summary>
internal sealed record BenchmarkOptions(int Rounds = 5, double Seconds = 3, string? Json = null)
{
    public static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            options = arguments[i] switch
            {
                "--rounds" => options with { Rounds = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(arguments[i + 1], CultureInfo.InvariantCulture) },
                "--json" => options with { Json = arguments[i + 1] },
                _ => throw new ArgumentException($"{arguments[i]}: no such option."),
            };
        }

        return options;
    }
}

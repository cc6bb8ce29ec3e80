using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PipelineStacks.Benchmarks;

/// <summary>One line of a report.</summary>
/// <param name="Baseline">What the figure is compared with, if anything, measured in the same run.</param>
/// <param name="Target">The ratio, or without a baseline the value, that must be reached.</param>
/// <param name="LowerIsBetter">The value must stay under the target instead.</param>
internal sealed record Measurement(string What, string Unit, double Value, double? Baseline, double? Target, bool LowerIsBetter = false)
{
    public double? Ratio => Baseline is { } baseline and > 0 ? Value / baseline : null;

    public bool Met => Target is not { } target || (LowerIsBetter ? (Ratio ?? Value) <= target : (Ratio ?? Value) >= target);
}

/// <summary>Prints measurements as a Markdown table, and as JSON where asked.</summary>
internal static class BenchmarkReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Whether every target was met.</returns>
    public static async Task<bool> WriteAsync(string benchmark, string? baseline, IReadOnlyList<Measurement> measurements, BenchmarkOptions options, string subject = "local cloud")
    {
        var machine = $"{Environment.ProcessorCount} cores, {Environment.OSVersion.VersionString}, .NET {Environment.Version}";
        var date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Console.WriteLine($"{benchmark}, {date}, {machine}; medians");
        Console.WriteLine();
        Console.WriteLine($"| what | unit | {subject} | {baseline ?? "baseline"} | ratio | target | met |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|---|");
        foreach (var m in measurements)
            Console.WriteLine($"| {m.What} | {m.Unit} | {Text(m.Value)} | {Text(m.Baseline)} | {Text(m.Ratio)} | {Target(m)} | {(m.Target is null ? "" : m.Met ? "yes" : "NO")} |");
        if (options.Json is { } file)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { benchmark, date, machine, baseline, measurements }, Json));
        }

        return measurements.All(measurement => measurement.Met);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Target(Measurement m) => m.Target is null ? "" : (m.LowerIsBetter ? "≤ " : "≥ ") + Text(m.Target);

    private static string Text(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}

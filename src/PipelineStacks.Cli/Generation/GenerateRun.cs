using System.Globalization;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Generation;

/// <summary>Runs a generator under a progress display and measures it.</summary>
internal static class GenerateRun
{
    public static async Task<GenerateReport> RunAsync(Generator generator, GenerateOptions options, CliContext context, CancellationToken cancel)
    {
        var start = context.Time.GetTimestamp();
        var tally = generator.Tally;
        await context.Terminal.ShowAsync(
            "Sending",
            options.Count,
            () => (tally.AcceptedCount, string.Create(
                CultureInfo.InvariantCulture,
                $"{tally.AcceptedCount / Math.Max(context.Time.GetElapsedTime(start).TotalSeconds, 0.001):N0} records/s{(tally.RetriedCount > 0 ? string.Create(CultureInfo.InvariantCulture, $", {tally.RetriedCount:N0} retries") : "")}")),
            () => Task.Run(() => generator.RunAsync(cancel), CancellationToken.None),
            context.Time);
        return new GenerateReport(tally, context.Time.GetElapsedTime(start), options.Seed);
    }
}

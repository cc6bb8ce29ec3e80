using System.Globalization;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Generation;

/// <summary>Runs a generator under a progress display and measures it.</summary>
internal static class GenerateRun
{
    public static async Task<GenerateReport> RunAsync(Generator generator, GenerateOptions options, CliContext context, CancellationToken cancel)
    {
        var start = context.Time.GetTimestamp();
        try
        {
            await context.Terminal.ShowAsync(
                "Sending",
                options.Count,
                () => State(generator.Tally, options.Count, context.Time.GetElapsedTime(start)),
                () => Task.Run(() => generator.RunAsync(cancel), CancellationToken.None),
                context.Time);
        }
        catch when (generator.Tally.AcceptedCount > 0)
        {
            // What went before the failure has gone, and its sender must know.
            context.Terminal.Say(string.Create(
                CultureInfo.InvariantCulture, $"Until it failed: {generator.Tally.SentCount:N0} sent, {generator.Tally.AcceptedCount:N0} accepted, {generator.Tally.RetriedCount:N0} retried."));
            throw;
        }

        return new GenerateReport(generator.Tally, context.Time.GetElapsedTime(start), options.Seed);
    }

    private static ProgressState State(Tally tally, long? count, TimeSpan elapsed)
    {
        var done = tally.AcceptedCount;
        var text = string.Create(CultureInfo.InvariantCulture, $"{ProgressState.Of(done, count)} records, {done / Math.Max(elapsed.TotalSeconds, 0.001):N0}/s");
        return new(done, tally.RetriedCount == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}, {tally.RetriedCount:N0} retries"));
    }
}

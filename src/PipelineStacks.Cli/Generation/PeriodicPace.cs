using System.Runtime.CompilerServices;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli.Generation;

/// <summary>Every second a normally distributed number of records around the hour's mean.</summary>
/// <param name="from">Where simulated time starts; null to live in real time.</param>
/// <param name="to">Where simulated time ends.</param>
internal sealed class PeriodicPace(PeriodicTable table, TimeProvider time, ulong seed, DateTimeOffset? from = null, DateTimeOffset? to = null) : IPace
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Xoshiro _random = new(seed ^ 0x5045_5249_4F44);

    public IAsyncEnumerable<Burst> BurstsAsync(CancellationToken cancel) => from is { } start ? SimulateAsync(start, to ?? time.GetUtcNow()) : LiveAsync(cancel);

    private async IAsyncEnumerable<Burst> LiveAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        for (var seconds = 1; ; seconds++)
        {
            yield return new Burst(Draw(time.GetLocalNow()));
            var wait = (seconds * Second) - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancel);
        }
    }

    private async IAsyncEnumerable<Burst> SimulateAsync(DateTimeOffset start, DateTimeOffset end)
    {
        await Task.CompletedTask;
        for (var at = start; at <= end; at += Second)
            yield return new Burst(Draw(TimeZoneInfo.ConvertTime(at, time.LocalTimeZone)), at);
    }

    private long Draw(DateTimeOffset at)
    {
        var (mean, deviation) = table.At(at);
        return Math.Max(0, (long)Math.Round(mean + (deviation * Normal())));
    }

    // Box and Muller's; 1 - x, since the logarithm of 0 has no value.
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

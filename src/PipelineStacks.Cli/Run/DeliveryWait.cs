using System.Globalization;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Run;

/// <summary>Waits until every accepted event is in one of the zones.</summary>
internal sealed class DeliveryWait(CliContext context, ZoneCounts counts, int bufferSeconds)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(3);

    // Far below what one core converts; it only bounds how long a run that is stuck goes on.
    private const double SlowestPerSecond = 2_000;

    private long _delivered, _quarantined;

    /// <returns>What was counted when nothing was missing any more, or when the deadline passed.</returns>
    public async Task<(long Delivered, long Quarantined)> WaitAsync(long accepted, CancellationToken cancel)
    {
        var start = context.Time.GetTimestamp();
        var deadline = TimeSpan.FromSeconds((2 * bufferSeconds) + (accepted / SlowestPerSecond)) + Margin;
        await context.Terminal.ShowAsync("Delivering", accepted, () => State(accepted, context.Time.GetElapsedTime(start)), PollAsync, context.Time);
        return (_delivered, _quarantined);

        async Task PollAsync()
        {
            while (true)
            {
                _delivered = await counts.DeliveredAsync(cancel);
                _quarantined = await counts.QuarantinedAsync(cancel);
                if (_delivered + _quarantined >= accepted || context.Time.GetElapsedTime(start) > deadline)
                    return;
                await Task.Delay(Poll, context.Time, cancel);
            }
        }
    }

    private ProgressState State(long accepted, TimeSpan elapsed)
    {
        var done = _delivered + _quarantined;
        return new(done, string.Create(
            CultureInfo.InvariantCulture,
            $"{ProgressState.Of(done, accepted)} events after {elapsed.TotalSeconds:0} s (Firehose gathers for {bufferSeconds} s before it writes a file)"));
    }
}

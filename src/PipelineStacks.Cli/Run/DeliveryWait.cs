using System.Globalization;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Run;

/// <summary>Follows what was accepted on its way through Firehose, until nothing is missing or it has taken too long.</summary>
/// <param name="what">The records, such as <c>events</c>.</param>
internal sealed class DeliveryWait(CliContext context, string what, int bufferSeconds)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(3);

    // Far below what one core converts; it only bounds how long a run that is stuck goes on.
    private const double SlowestPerSecond = 2_000;

    /// <param name="count">How many have arrived, whatever has become of them.</param>
    public async Task WaitAsync(long accepted, Func<Task<long>> count, CancellationToken cancel)
    {
        var start = context.Time.GetTimestamp();
        var deadline = TimeSpan.FromSeconds((2 * bufferSeconds) + (accepted / SlowestPerSecond)) + Margin;
        var arrived = 0L;
        await context.Terminal.ShowAsync("Delivering", accepted, State, PollAsync, context.Time);

        ProgressState State() => new(arrived, string.Create(
            CultureInfo.InvariantCulture,
            $"{ProgressState.Of(arrived, accepted)} {what} after {context.Time.GetElapsedTime(start).TotalSeconds:0} s (Firehose gathers for {bufferSeconds} s before it writes a file)"));

        async Task PollAsync()
        {
            while (true)
            {
                arrived = await count();
                if (arrived >= accepted || context.Time.GetElapsedTime(start) > deadline)
                    return;
                await Task.Delay(Poll, context.Time, cancel);
            }
        }
    }
}

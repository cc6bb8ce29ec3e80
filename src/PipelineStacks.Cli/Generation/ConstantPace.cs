using System.Runtime.CompilerServices;

namespace PipelineStacks.Cli.Generation;

/// <summary>A constant number of records per second, spread over the second.</summary>
internal sealed class ConstantPace(double perSecond, TimeProvider time) : IPace
{
    // Finer would put fewer records into a batch than a call is worth.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    public async IAsyncEnumerable<Burst> BurstsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        var released = 0L;
        while (true)
        {
            // Reckoned from the start, so that a late tick is made up for and the rate holds over hours.
            var due = (long)Math.Floor((time.GetElapsedTime(start) + Tick).TotalSeconds * perSecond);
            if (due > released)
            {
                yield return new Burst(due - released);
                released = due;
            }

            var next = TimeSpan.FromSeconds((released + 1) / perSecond) - time.GetElapsedTime(start) - Tick;
            await Task.Delay(next > Tick ? next : Tick, time, cancel);
        }
    }
}

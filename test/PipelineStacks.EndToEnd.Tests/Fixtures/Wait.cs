using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PipelineStacks.EndToEnd.Tests.Fixtures;

/// <summary>Waits for conditions, however slow the machine is: what has not come true after minutes never does.</summary>
internal static class Wait
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(1);

    /// <exception cref="TimeoutException">It did not come true.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!await TryUntilAsync(condition))
            throw new TimeoutException($"Not true after {Deadline}: {what}");
    }

    /// <exception cref="TimeoutException">It did not come true.</exception>
    public static Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        UntilAsync(() => Task.FromResult(condition()), what);

    /// <summary>For those whose next check tells better what is missing.</summary>
    /// <returns>Whether it came true.</returns>
    public static async Task<bool> TryUntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Deadline)
                return false;
            await Task.Delay(Poll);
        }

        return true;
    }
}

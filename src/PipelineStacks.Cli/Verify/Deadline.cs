using PipelineStacks.Cli.Workflows;

namespace PipelineStacks.Cli.Verify;

/// <summary>Until when one run waits, all its steps together.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan timeout)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Left => timeout - time.GetElapsedTime(_start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public bool HasPassed => Left == TimeSpan.Zero;

    /// <summary>Such as <c>45 min 0 s</c>.</summary>
    public override string ToString() => Duration.Of(timeout);

    /// <summary>Waits for something that knows no deadline itself.</summary>
    /// <returns>Null if the deadline passed before.</returns>
    public async Task<T?> WithinAsync<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancel)
        where T : class
    {
        using var over = new CancellationTokenSource(Left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancel);
        try
        {
            return await wait(either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}

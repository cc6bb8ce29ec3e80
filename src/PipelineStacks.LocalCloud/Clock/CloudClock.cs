namespace PipelineStacks.LocalCloud.Clock;

/// <summary>
/// The cloud's time and the only way to do something later. In real time it follows the system's clock; in virtual time it
/// stands still until it is advanced, and then runs everything that falls due, in order, each to its end. A day of buffering,
/// schedules and alarms therefore passes in seconds and passes the same way every time.
/// </summary>
internal abstract class CloudClock : TimeProvider
{
    /// <summary>
    /// Another number whenever this machine may have changed: always in real time, and with every advance in virtual time, whose days pass within moments
    /// of the machine's.
    /// </summary>
    public abstract long Moment { get; }

    /// <summary>Runs work once at a time. Work that fails is reported and not retried: what must be retried schedules itself again.</summary>
    /// <returns>Disposing it cancels work that has not begun.</returns>
    public abstract IDisposable At(DateTimeOffset due, string what, Func<Task> work);

    public IDisposable After(TimeSpan delay, string what, Func<Task> work) => At(GetUtcNow() + delay, what, work);

    /// <summary>A wait on the cloud's time.</summary>
    public Task Delay(TimeSpan delay)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = After(delay, "a delay", () =>
        {
            done.SetResult();
            return Task.CompletedTask;
        });
        return done.Task;
    }
}

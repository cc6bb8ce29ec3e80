namespace PipelineStacks.Cli.Tests.Fixtures;

/// <summary>Virtual time for code that does one thing after the other: whoever waits is there at once, and it is so much later.</summary>
internal sealed class JumpingTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public JumpingTime()
        : this(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How long every wait was.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override TimeZoneInfo LocalTimeZone => Zone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        _now += dueTime;
        return new Due(callback, state);
    }

    private sealed class Due : ITimer
    {
        // Not within CreateTimer: its caller has yet to keep the timer.
        public Due(TimerCallback callback, object? state) => ThreadPool.QueueUserWorkItem(_ => callback(state));

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

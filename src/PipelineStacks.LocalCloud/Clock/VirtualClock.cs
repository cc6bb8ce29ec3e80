using Microsoft.Extensions.Logging;

namespace PipelineStacks.LocalCloud.Clock;

/// <summary>Time that moves only when it is told to.</summary>
internal sealed class VirtualClock(DateTimeOffset start, ILogger<VirtualClock> log) : CloudClock, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Scheduled, (DateTimeOffset Due, long Order)> _queue = new();
    private readonly SemaphoreSlim _advancing = new(1, 1);
    private DateTimeOffset _now = start;
    private long _order;
    private long _advances;

    public override long Moment => Interlocked.Read(ref _advances);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override IDisposable At(DateTimeOffset due, string what, Func<Task> work)
    {
        var scheduled = new Scheduled(what, work);
        lock (_lock)
            _queue.Enqueue(scheduled, (due < _now ? _now : due, _order++));
        return scheduled;
    }

    /// <summary>Moves time on and returns when everything that fell due on the way has ended.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        await _advancing.WaitAsync();
        try
        {
            var target = GetUtcNow() + by;
            Interlocked.Increment(ref _advances);
            while (Next(target) is { } next)
            {
                if (next.Cancelled)
                    continue;
                try
                {
                    await next.Work();
                }
                catch (Exception error)
                {
                    log.LogError(error, "{What} failed", next.What);
                }
            }
        }
        finally
        {
            _advancing.Release();
        }
    }

    // A timer of the framework would run on the system's clock and make a virtual day depend on the machine.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Under virtual time work is scheduled with CloudClock.At, not with timers.");

    public void Dispose() => _advancing.Dispose();

    private Scheduled? Next(DateTimeOffset target)
    {
        lock (_lock)
        {
            if (_queue.TryPeek(out var next, out var key) && key.Due <= target)
            {
                _queue.Dequeue();
                _now = key.Due;
                return next;
            }

            _now = target;
            return null;
        }
    }

    private sealed class Scheduled(string what, Func<Task> work) : IDisposable
    {
        public string What => what;

        public Func<Task> Work => work;

        public bool Cancelled { get; private set; }

        public void Dispose() => Cancelled = true;
    }
}

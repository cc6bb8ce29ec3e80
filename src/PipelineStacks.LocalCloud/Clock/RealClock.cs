using Microsoft.Extensions.Logging;

namespace PipelineStacks.LocalCloud.Clock;

/// <summary>The system's clock.</summary>
internal sealed class RealClock(ILogger<RealClock> log) : CloudClock
{
    public override long Moment => GetTimestamp();

    public override IDisposable At(DateTimeOffset due, string what, Func<Task> work)
    {
        var scheduled = new Scheduled(what, work, log);
        scheduled.Start(this, due);
        return scheduled;
    }

    private sealed class Scheduled(string what, Func<Task> work, ILogger log) : IDisposable
    {
        // A timer takes 49 days at most; what is due later is waited for in steps.
        private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

        private ITimer? _timer;
        private int _state;

        public void Start(TimeProvider time, DateTimeOffset due)
        {
            _timer = time.CreateTimer(_ => Wake(time, due), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Wait(due - time.GetUtcNow());
        }

        public void Dispose()
        {
            Interlocked.CompareExchange(ref _state, 2, 0);
            _timer?.Dispose();
        }

        private void Wait(TimeSpan wait) =>
            _timer!.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);

        private void Wake(TimeProvider time, DateTimeOffset due)
        {
            // Timers may fire a little early, and the system's clock may have been set back.
            if (due - time.GetUtcNow() is var wait && wait > TimeSpan.FromSeconds(1))
                Wait(wait);
            else
                _ = RunAsync();
        }

        private async Task RunAsync()
        {
            if (Interlocked.CompareExchange(ref _state, 1, 0) != 0)
                return;
            try
            {
                await work();
            }
            catch (Exception error)
            {
                log.LogError(error, "{What} failed", what);
            }
            finally
            {
                _timer?.Dispose();
            }
        }
    }
}

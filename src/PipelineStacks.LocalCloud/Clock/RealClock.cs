using Microsoft.Extensions.Logging;

namespace PipelineStacks.LocalCloud.Clock;

/// <summary>The system's clock.</summary>
internal sealed class RealClock(ILogger<RealClock> log) : CloudClock
{
    public override IDisposable At(DateTimeOffset due, string what, Func<Task> work)
    {
        var scheduled = new Scheduled(what, work, log);
        scheduled.Start(this, due);
        return scheduled;
    }

    private sealed class Scheduled(string what, Func<Task> work, ILogger log) : IDisposable
    {
        private ITimer? _timer;
        private int _state;

        public void Start(TimeProvider time, DateTimeOffset due)
        {
            var wait = due - time.GetUtcNow();
            _timer = time.CreateTimer(_ => _ = RunAsync(), null, wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            Interlocked.CompareExchange(ref _state, 2, 0);
            _timer?.Dispose();
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

using Microsoft.Extensions.Logging.Abstractions;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Tests.Clock;

public sealed class RealClockTests
{
    private readonly RealClock _clock = new(NullLogger<RealClock>.Instance);

    [Fact]
    public async Task Work_ThatIsDue_RunsOnce()
    {
        var ran = new TaskCompletionSource();
        using var work = _clock.After(TimeSpan.FromMilliseconds(1), "work", () =>
        {
            ran.SetResult();
            return Task.CompletedTask;
        });
        await ran.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Work_DueInYears_IsTaken() => _clock.After(TimeSpan.FromDays(3653), "work", () => Task.CompletedTask).Dispose();
}

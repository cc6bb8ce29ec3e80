using Microsoft.Extensions.Logging.Abstractions;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Tests.Clock;

public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Advance_PastSeveralDueTimes_RunsEachAtItsOwnTimeInOrder()
    {
        using var clock = new VirtualClock(Start, NullLogger<VirtualClock>.Instance);
        var ran = new List<(string, TimeSpan)>();
        clock.After(TimeSpan.FromSeconds(60), "b", () => Note("b"));
        clock.After(TimeSpan.FromSeconds(5), "a", () => Note("a"));
        var cancelled = clock.After(TimeSpan.FromSeconds(7), "never", () => Note("never"));
        cancelled.Dispose();

        await clock.AdvanceAsync(TimeSpan.FromSeconds(59));
        ran.ShouldBe([("a", TimeSpan.FromSeconds(5))]);
        await clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        ran.ShouldBe([("a", TimeSpan.FromSeconds(5)), ("b", TimeSpan.FromSeconds(60))]);

        Task Note(string name)
        {
            ran.Add((name, clock.GetUtcNow() - Start));
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Advance_WorkThatSchedulesItself_RunsItOnEveryPeriod()
    {
        using var clock = new VirtualClock(Start, NullLogger<VirtualClock>.Instance);
        var ticks = 0;
        clock.After(TimeSpan.FromMinutes(1), "tick", Tick);

        await clock.AdvanceAsync(TimeSpan.FromDays(1));

        ticks.ShouldBe(24 * 60);

        Task Tick()
        {
            ticks++;
            clock.After(TimeSpan.FromMinutes(1), "tick", Tick);
            return Task.CompletedTask;
        }
    }
}

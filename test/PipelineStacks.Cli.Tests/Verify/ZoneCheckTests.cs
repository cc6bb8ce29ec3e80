using PipelineStacks.Cli.Tests.Fixtures;
using PipelineStacks.Cli.Verify;

namespace PipelineStacks.Cli.Tests.Verify;

public sealed class ZoneCheckTests
{
    [Fact]
    public async Task Records_ThatArriveLate_AreWaitedFor()
    {
        var (result, waited) = await RunAsync(landed: [0, 40, 100]);
        result.ShouldBe(StepResult.Passed("100", "100"));
        waited.ShouldBe(TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task Records_ThatDontArrive_AreMissingAfterTheDeadline_WithTheReasonAsFarAsItIsKnown()
    {
        var (result, waited) = await RunAsync(landed: [40]);
        result.ShouldBe(StepResult.Failed("100", "40", "landing has 40 of 100: nobody has seen them; waited 5.0 s"));
        waited.TotalSeconds.ShouldBeInRange(5, 5.5);
    }

    [Fact]
    public async Task Records_ThatWereRejected_AreNotWaitedFor()
    {
        var (result, waited) = await RunAsync(landed: [60], rejected: 40);
        result.ShouldBe(StepResult.Failed("100", "60", "landing has 60 of 100: delivery stream d: 40 records in quarantine: Schema.Wrong: it is no number"));
        waited.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Records_WhoseWayStandsStill_AreNotWaitedFor()
    {
        var (result, waited) = await RunAsync(landed: [0], stuck: "task t is stopped");
        result.ShouldBe(StepResult.Failed("100", "0", "landing has 0 of 100: task t is stopped"));
        waited.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    /// <param name="landed">What each look finds, the last of it for good.</param>
    private static async Task<(StepResult Result, TimeSpan Waited)> RunAsync(int[] landed, int rejected = 0, string? stuck = null)
    {
        var looks = new Queue<int>(landed);
        using var service = FakeAthena.Of(
            () => looks.Count > 1 ? looks.Dequeue() : looks.Peek(),
            rejected == 0 ? [] : [["format-conversion-failed", "Schema.Wrong", "it is no number", $"{rejected}"]]);
        var time = new JumpingTime();
        var scope = Scopes.Of(service, time, TimeSpan.FromSeconds(5));
        using var aws = scope.Aws;
        var probe = new FakeProbe(scope) { Stuck = stuck };
        var start = time.GetUtcNow();
        var result = await new ZoneCheck(scope, new QuarantineCheck(scope)).ArrivesAsync(probe, probe.Counts[0], CancellationToken.None);
        return (result, time.GetUtcNow() - start);
    }
}

using PipelineStacks.Cli.Tests.Fixtures;
using PipelineStacks.Cli.Verify;

namespace PipelineStacks.Cli.Tests.Verify;

public sealed class AlarmCheckTests
{
    private const string Stale = "pipelines-dev-clean-sakila-stale";

    [Fact]
    public async Task Alarms_WithoutAny_AreSkipped() =>
        (await RunAsync(isPatient: true, [[]])).Result.ShouldBe(StepResult.Skipped("dev has no alarms"));

    [Fact]
    public async Task Alarm_ThatBecomesQuiet_IsWaitedFor()
    {
        var (result, waited) = await RunAsync(isPatient: true, [(Stale, "ALARM"), ("pipelines-dev-other", "OK")], [(Stale, "ALARM")], [(Stale, "OK")]);
        result.ShouldBe(StepResult.Passed("0 in ALARM", "0 in ALARM"));
        waited.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(true, 185)]
    [InlineData(false, 0)]
    public async Task Alarm_ThatStays_IsToldWithItsReason_AtOnceWhereSomethingElseFailed(bool isPatient, int seconds)
    {
        var (result, waited) = await RunAsync(isPatient, [(Stale, "ALARM")]);
        result.ShouldBe(StepResult.Failed("0 in ALARM", "1 in ALARM", $"alarm {Stale}: No run came to its end"));
        waited.TotalSeconds.ShouldBe(seconds);
    }

    private static async Task<(StepResult Result, TimeSpan Waited)> RunAsync(bool isPatient, params (string Name, string State)[][] looks)
    {
        var answers = new Queue<(string Name, string State)[]>(looks);
        using var service = new FakeService((_, _) => (200, Answer(answers.Count > 1 ? answers.Dequeue() : answers.Peek()), null));
        var time = new JumpingTime();
        var scope = Scopes.Of(service, time, TimeSpan.FromHours(1));
        using var aws = scope.Aws;
        var start = time.GetUtcNow();
        var result = await AlarmCheck.RunAsync(scope, isPatient, CancellationToken.None);
        return (result, time.GetUtcNow() - start);
    }

    private static string Answer((string Name, string State)[] alarms) => "<DescribeAlarmsResponse><DescribeAlarmsResult><MetricAlarms>" + string.Concat(alarms.Select(alarm =>
        $"<member><AlarmName>{alarm.Name}</AlarmName><StateValue>{alarm.State}</StateValue><StateReason>No run came to its end</StateReason>"
        + "<StateTransitionedTimestamp>2026-11-20T09:00:00Z</StateTransitionedTimestamp></member>")) + "</MetricAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>";
}

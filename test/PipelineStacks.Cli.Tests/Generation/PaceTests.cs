using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Generation;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Sunday = new(2026, 11, 15, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(7.5)]
    [InlineData(500)]
    [InlineData(123_456)]
    public async Task Constant_OverAMinute_ReleasesItsRate(double perSecond)
    {
        var time = new JumpingTime();
        var start = time.GetUtcNow();
        var released = 0L;
        await foreach (var burst in new ConstantPace(perSecond, time).BurstsAsync(CancellationToken.None))
        {
            if (time.GetUtcNow() - start >= TimeSpan.FromMinutes(1))
                break;
            burst.Records.ShouldBeLessThanOrEqualTo((long)Math.Ceiling(perSecond * 0.2) + 1, "a second's records are spread over it");
            released += burst.Records;
        }

        ((double)released).ShouldBe(60 * perSecond, Math.Max(1, perSecond * 0.11));
    }

    [Fact]
    public async Task Periodic_InRealTime_ReleasesEverySecondAroundTheHoursMean()
    {
        var time = new JumpingTime(Sunday.AddHours(3));
        var table = Table(mean: (day, hour) => day == 0 && hour == 3 ? 100 : 0, deviation: 10);
        List<long> bursts = [];
        await foreach (var burst in new PeriodicPace(table, time, seed: 1).BurstsAsync(CancellationToken.None))
        {
            if (time.GetUtcNow() >= Sunday.AddHours(4))
                break;
            bursts.Add(burst.Records);
        }

        bursts.Count.ShouldBe(3600);
        bursts.Average().ShouldBe(100, 1);
        Math.Sqrt(bursts.Average(records => Math.Pow(records - bursts.Average(), 2))).ShouldBe(10, 1);
        bursts.ShouldAllBe(records => records >= 0);
    }

    [Fact]
    public async Task Periodic_Simulated_PassesAWeekAtOnceWithItsTimes()
    {
        var time = new JumpingTime();
        var pace = new PeriodicPace(Table((day, hour) => day == 6 && hour == 23 ? 2 : 1, 0), time, 1, Sunday, Sunday.AddDays(7).AddSeconds(-1));
        List<Burst> bursts = [];
        await foreach (var burst in pace.BurstsAsync(CancellationToken.None))
            bursts.Add(burst);
        bursts.Count.ShouldBe(7 * 24 * 3600);
        bursts.Sum(burst => burst.Records).ShouldBe((7 * 24 * 3600) + 3600);
        bursts[0].Simulated.ShouldBe(Sunday);
        time.Waits.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 0, 0, 10)]
    [InlineData(0, 0, 30, 15)]
    [InlineData(0, 1, 0, 20)]
    [InlineData(6, 23, 30, 15)]
    public void Smoothing_BetweenHours_IsLinearAcrossTheWeeksEnd(int day, int hour, int minute, double expected)
    {
        var table = Table((_, at) => at == 0 ? 10 : 20, 0) with { Smoothing = true };
        table.At(Sunday.AddDays(day).AddHours(hour).AddMinutes(minute)).Mean.ShouldBe(expected);
    }

    [Theory]
    [InlineData("null", "null is no table of rates.")]
    [InlineData("{", "is no table of rates: ")]
    [InlineData("""{"mean":[[1]],"deviation":[]}""", "mean has 1 rows, and a week has 7 days, from Sunday.")]
    [InlineData("""{"mean":[[1],[],[],[],[],[],[]],"deviation":[]}""", "mean[0] has 1 numbers, and a day has 24 hours.")]
    [InlineData("""{"mean":[],"sigma":[]}""", "is no table of rates: ")]
    public void Table_Malformed_SaysWhatIsWrong(string json, string expected)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            var message = Should.Throw<UserError>(() => PeriodicTable.Read(file)).Message;
            message.ShouldStartWith(file);
            message.ShouldContain(expected);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static PeriodicTable Table(Func<int, int, double> mean, double deviation) => new()
    {
        Mean = [.. Enumerable.Range(0, 7).Select(day => Enumerable.Range(0, 24).Select(hour => mean(day, hour)).ToList())],
        Deviation = [.. Enumerable.Range(0, 7).Select(_ => Enumerable.Repeat(deviation, 24).ToList())],
    };
}

using System.Globalization;
using PipelineStacks.Cli.Templates;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Templates;

public sealed class DateTests
{
    // Sunday, February 14th 2010, 3:25:50 pm, as moment's documentation has it, seven hours behind Greenwich.
    private static readonly DateTimeOffset Valentine = new(2010, 2, 14, 15, 25, 50, 125, TimeSpan.FromHours(-7));
    private static readonly TimeZoneInfo Mountain = TimeZoneInfo.CreateCustomTimeZone("seven-behind", TimeSpan.FromHours(-7), "", "");

    [Theory]
    [InlineData("{{date.now}}", "2010-02-14T15:25:50-07:00")]
    [InlineData("{{date.utc}}", "2010-02-14T22:25:50Z")]
    [InlineData("{{date.utc(YYYY-MM-DD)}}", "2010-02-14")]
    [InlineData("{{date.utc(\"YYYY-MM-DD HH:mm:ss\")}}", "2010-02-14 22:25:50")]
    [InlineData("{{date.now(\"dddd, MMMM Do YYYY, h:mm:ss a\")}}", "Sunday, February 14th 2010, 3:25:50 pm")]
    [InlineData("{{date.now(\"ddd, hA\")}}", "Sun, 3PM")]
    [InlineData("{{date.now(\"DD/MMM/YYYY:HH:mm:ss ZZ\")}}", "14/Feb/2010:15:25:50 -0700")]
    [InlineData("{{date.now(YYYY-MM-DDTHH:mm:ss.SSS)}}", "2010-02-14T15:25:50.125")]
    [InlineData("{{date.now(SSSSSS)}}", "125000")]
    [InlineData("{{date.now([at] HH [o'clock])}}", "at 15 o'clock")]
    [InlineData("{{date.now(X)}} {{date.now(x)}}", "1266186350 1266186350125")]
    [InlineData("{{date.now(LT LTS L LL LLL)}}", "3:25 PM 3:25:50 PM 02/14/2010 February 14, 2010 February 14, 2010 3:25 PM")]
    [InlineData("{{date.now(Q Qo M Mo D Do DDD DDDD d dd E e)}}", "1 1st 2 2nd 14 14th 45 045 0 Su 7 0")]
    [InlineData("{{date.now(w ww W WW GGGG gggg YY)}}", "8 08 6 06 2010 2010 10")]
    [InlineData("{{date.now(k kk H)}}", "15 15 15")]
    [InlineData("{{date.now(YYYY年)}}", "2010年")]
    public void Format_OfMoment_IsWrittenAsMomentDoes(string template, string expected) =>
        Rendered.One(template, new JumpingTime(Valentine.ToUniversalTime()) { Zone = Mountain }).ShouldBe(expected);

    [Theory]
    [InlineData("2026-01-01", "1 2026")]
    [InlineData("2025-12-31", "1 2026")]
    [InlineData("2026-12-26", "52 2026")]
    [InlineData("2026-12-27", "1 2027")]
    public void Week_AtTheYearsEdge_FollowsMomentsEnglishRule(string day, string expected) =>
        Rendered.One("{{date.utc(w gggg)}}", new JumpingTime(DateTimeOffset.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))).ShouldBe(expected);

    [Fact]
    public void Now_AcrossASecond_Moves()
    {
        var time = new JumpingTime();
        var template = RecordTemplate.Parse("{{date.utc(ss)}};");
        var draws = new Draws(time, 1);
        var buffer = new RecordBuffer();
        for (var i = 0; i < 3; i++)
        {
            template.Render(buffer, draws);
            time.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(500), Timeout.InfiniteTimeSpan).Dispose();
        }

        System.Text.Encoding.ASCII.GetString(buffer.Written).ShouldBe("00;00;01;");
    }

    [Theory]
    [InlineData("{{date.past}}", -365, 0)]
    [InlineData("{{date.past(2)}}", -730, 0)]
    [InlineData("{{date.future}}", 0, 365)]
    [InlineData("{{date.recent}}", -1, 0)]
    [InlineData("{{date.recent(7)}}", -7, 0)]
    public void RandomTime_OverManyDraws_StaysWithinItsDays(string template, int from, int to)
    {
        var time = new JumpingTime();
        var values = Rendered.Many(template, 500, time).Select(value => (DateTimeOffset.Parse(value, CultureInfo.InvariantCulture) - time.GetUtcNow()).TotalDays).ToList();
        values.ShouldAllBe(days => days >= from && days <= to);
        values.Max().ShouldBeGreaterThan(values.Min());
    }

    [Theory]
    [InlineData("""{{date.between(["2026-01-01","2026-01-02"])}}""")]
    [InlineData("""{{date.between({"from":"2026-01-01","to":"2026-01-02"})}}""")]
    public void Between_OverManyDraws_StaysBetween(string template) =>
        Rendered.Many(template, 500).Select(value => DateTimeOffset.Parse(value, CultureInfo.InvariantCulture))
            .ShouldAllBe(at => at >= new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) && at <= new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void SimTime_OfSimulatedRecords_IsTheSimulatedTime()
    {
        var buffer = new RecordBuffer();
        RecordTemplate.Parse("{{date.simTime(YYYY-MM-DD HH:mm:ss)}}").Render(buffer, new Draws(new JumpingTime(), 1) { Simulated = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero) });
        System.Text.Encoding.ASCII.GetString(buffer.Written).ShouldBe("2001-02-03 04:05:06");
    }

    [Theory]
    [InlineData("{{date.past(-1)}}", "The template is wrong at line 1, column 3: date.past takes a number above 0 and up to 1000, not -1.")]
    [InlineData("{{date.between}}", "The template is wrong at line 1, column 3: date.between needs an argument, such as date.between([\"2026-01-01\",\"2026-12-31\"]).")]
    [InlineData("{{date.between([\"2026-01-02\",\"2026-01-01\"])}}", "The template is wrong at line 1, column 3: date.between has its first time after its second: swap them.")]
    public void Argument_ThatIsNoTime_IsRefused(string template, string expected) =>
        Should.Throw<TemplateException>(() => RecordTemplate.Parse(template)).Message.ShouldBe(expected);
}

using System.Globalization;
using PipelineStacks.LocalCloud.Services.Schedules;

namespace PipelineStacks.LocalCloud.Tests.Schedules;

public sealed class ScheduleTests
{
    // The documentation's own examples and one of each wildcard, from Friday, 20 November 2026, 09:00.
    [Theory]
    [InlineData("cron(0 10 * * ? *)", "2026-11-20T10:00 2026-11-21T10:00")]
    [InlineData("cron(15 12 * * ? *)", "2026-11-20T12:15 2026-11-21T12:15")]
    [InlineData("cron(0 18 ? * MON-FRI *)", "2026-11-20T18:00 2026-11-23T18:00")]
    [InlineData("cron(0 8 1 * ? *)", "2026-12-01T08:00 2027-01-01T08:00")]
    [InlineData("cron(0/15 * * * ? *)", "2026-11-20T09:15 2026-11-20T09:30")]
    [InlineData("cron(*/20 * * * ? *)", "2026-11-20T09:20 2026-11-20T09:40")]
    [InlineData("cron(0/10 * ? * MON-FRI *)", "2026-11-20T09:10 2026-11-20T09:20")]
    [InlineData("cron(0/5 8-17 ? * MON-FRI *)", "2026-11-20T09:05 2026-11-20T09:10")]
    [InlineData("cron(0/30 20-2/3 ? * * *)", null)]
    [InlineData("cron(10-30/10 9 * * ? *)", "2026-11-20T09:10 2026-11-20T09:20 2026-11-20T09:30 2026-11-21T09:10")]
    [InlineData("cron(0 0 L * ? *)", "2026-11-30T00:00 2026-12-31T00:00 2027-01-31T00:00 2027-02-28T00:00")]
    [InlineData("cron(0 0 15W * ? *)", "2026-12-15T00:00 2027-01-15T00:00 2027-02-15T00:00")]
    [InlineData("cron(0 0 1W * ? *)", "2026-12-01T00:00 2027-01-01T00:00 2027-02-01T00:00 2027-03-01T00:00 2027-04-01T00:00 2027-05-03T00:00")]
    [InlineData("cron(0 0 LW * ? 2027)", "2027-01-29T00:00 2027-02-26T00:00")]
    [InlineData("cron(0 0 31W * ? *)", "2026-12-31T00:00 2027-01-29T00:00 2027-03-31T00:00")]
    [InlineData("cron(0 0 ? * 3#2 *)", "2026-12-08T00:00 2027-01-12T00:00")]
    [InlineData("cron(0 0 ? * TUE#2 *)", "2026-12-08T00:00 2027-01-12T00:00")]
    [InlineData("cron(0 0 ? * 6L *)", "2026-11-27T00:00 2026-12-25T00:00")]
    [InlineData("cron(0 0 ? * L *)", "2026-11-21T00:00 2026-11-28T00:00")]
    [InlineData("cron(0 0 29 2 ? *)", "2028-02-29T00:00 2032-02-29T00:00")]
    [InlineData("cron(0 0 1,15 JAN,jul ? 2027-2028)", "2027-01-01T00:00 2027-01-15T00:00 2027-07-01T00:00")]
    [InlineData("cron(0 9 20 11 ? 2026)", "")]
    [InlineData("rate(1 minute)", "2026-11-20T09:01 2026-11-20T09:02")]
    [InlineData("rate(5 minutes)", "2026-11-20T09:05 2026-11-20T09:10")]
    [InlineData("rate(12 hours)", "2026-11-20T21:00 2026-11-21T09:00")]
    [InlineData("rate(1 day)", "2026-11-21T09:00")]
    public void Schedule_FromAMoment_FallsDueAt(string expression, string? times)
    {
        var schedule = Schedule.Parse(expression);
        if (times is null)
        {
            schedule.ShouldBeNull();
            return;
        }

        var now = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        var (next, anchor) = (now, now);
        foreach (var expected in times.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            next = schedule!.Next(next, anchor).ShouldNotBeNull();
            next.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture).ShouldBe(expected);
        }

        if (times.Length == 0)
            schedule!.Next(next, anchor).ShouldBeNull();
    }

    [Theory]
    [InlineData("cron(0 0 * * * *)")]
    [InlineData("cron(0 0 ? * ? *)")]
    [InlineData("cron(0 0 1 * MON *)")]
    [InlineData("cron(60 0 * * ? *)")]
    [InlineData("cron(0 24 * * ? *)")]
    [InlineData("cron(0 0 32 * ? *)")]
    [InlineData("cron(0 0 0 * ? *)")]
    [InlineData("cron(0 0 * 13 ? *)")]
    [InlineData("cron(0 0 ? * 8 *)")]
    [InlineData("cron(0 0 ? * 2#6 *)")]
    [InlineData("cron(0 0 * * ? 2200)")]
    [InlineData("cron(0 0 * * ?)")]
    [InlineData("cron(0/0 0 * * ? *)")]
    [InlineData("cron(0//5 0 * * ? *)")]
    [InlineData("cron(5-1 0 * * ? *)")]
    [InlineData("cron(, 0 * * ? *)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(5 minute)")]
    [InlineData("rate(5 seconds)")]
    [InlineData("rate(5)")]
    [InlineData("every day")]
    public void Schedule_Malformed_IsNone(string expression) => Schedule.Parse(expression).ShouldBeNull();
}

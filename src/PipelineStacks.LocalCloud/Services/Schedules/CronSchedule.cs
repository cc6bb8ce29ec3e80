namespace PipelineStacks.LocalCloud.Services.Schedules;

/// <summary>
/// <c>cron(minutes hours day-of-month month day-of-week year)</c> in UTC:
/// <see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html"/>.
/// </summary>
internal sealed class CronSchedule : Schedule
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private readonly SortedSet<int> _minutes;
    private readonly SortedSet<int> _hours;
    private readonly CronDays _days;
    private readonly SortedSet<int> _months;
    private readonly SortedSet<int> _years;

    private CronSchedule(SortedSet<int> minutes, SortedSet<int> hours, CronDays days, SortedSet<int> months, SortedSet<int> years) =>
        (_minutes, _hours, _days, _months, _years) = (minutes, hours, days, months, years);

    public static new CronSchedule? Parse(string expression)
    {
        if (!expression.StartsWith("cron(", StringComparison.Ordinal) || !expression.EndsWith(')'))
            return null;
        var fields = expression[5..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 6
            && CronField.Parse(fields[0], 0, 59) is { } minutes
            && CronField.Parse(fields[1], 0, 23) is { } hours
            && CronDays.Parse(fields[2], fields[4]) is { } days
            && CronField.Parse(fields[3], 1, 12, Months) is { } months
            && CronField.Parse(fields[5], FirstYear, LastYear) is { } years
            ? new(minutes, hours, days, months, years)
            : null;
    }

    public override DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset anchor) => Next(after);

    public DateTimeOffset? Next(DateTimeOffset after)
    {
        // Schedules have whole minutes, and "after" is later than the minute that it lies in.
        var from = after.UtcDateTime.AddTicks(-(after.UtcDateTime.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        foreach (var year in _years.GetViewBetween(Math.Min(from.Year, LastYear + 1), LastYear + 1))
            foreach (var month in _months)
            {
                if (year == from.Year && month < from.Month)
                    continue;
                foreach (var day in _days.Of(year, month))
                    if (TimeOn(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc), from) is { } found)
                        return new DateTimeOffset(found);
            }

        return null;
    }

    private DateTime? TimeOn(DateTime day, DateTime from)
    {
        if (day < from.Date)
            return null;
        foreach (var hour in _hours)
            foreach (var minute in _minutes)
            {
                var time = day.AddHours(hour).AddMinutes(minute);
                if (time >= from)
                    return time;
            }

        return null;
    }
}

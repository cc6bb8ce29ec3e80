namespace PipelineStacks.LocalCloud.Services.Schedules;

/// <summary>
/// Day-of-month and day-of-week of a cron expression, of which one is <c>?</c>: besides values, <c>L</c> is the last day of the month or
/// week, <c>15W</c> the weekday next to the 15th within the month, <c>3#2</c> the second Tuesday, <c>6L</c> the last Friday.
/// </summary>
internal sealed class CronDays
{
    private static readonly string[] Names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly List<Func<int, int, IEnumerable<int>>> _parts = [];

    private CronDays()
    {
    }

    public static CronDays? Parse(string dayOfMonth, string dayOfWeek)
    {
        if (dayOfMonth == "?" == (dayOfWeek == "?"))
            return null;
        var days = new CronDays();
        var ofMonth = dayOfWeek == "?";
        foreach (var part in (ofMonth ? dayOfMonth : dayOfWeek).Split(','))
        {
            if ((ofMonth ? OfMonth(part) : OfWeek(part)) is not { } parsed)
                return null;
            days._parts.Add(parsed);
        }

        return days;
    }

    /// <summary>The days of a month, in order.</summary>
    public IEnumerable<int> Of(int year, int month) => _parts.SelectMany(part => part(year, month)).Distinct().Order();

    private static Func<int, int, IEnumerable<int>>? OfMonth(string part)
    {
        if (part == "L")
            return (year, month) => [DateTime.DaysInMonth(year, month)];
        if (part == "LW")
            return (year, month) => [NearestWeekday(year, month, DateTime.DaysInMonth(year, month))];
        if (part.EndsWith('W'))
            return CronField.Value(part[..^1], 1, 31) is { } near
                ? (year, month) => near <= DateTime.DaysInMonth(year, month) ? [NearestWeekday(year, month, near)] : []
                : null;
        return CronField.Parse(part, 1, 31) is { } values ? (year, month) => values.Where(day => day <= DateTime.DaysInMonth(year, month)) : null;
    }

    private static Func<int, int, IEnumerable<int>>? OfWeek(string part)
    {
        if (part == "L")
            return (year, month) => On(year, month, 7);
        if (part.EndsWith('L'))
            return CronField.Value(part[..^1], 1, 7, Names) is { } last ? (year, month) => On(year, month, last).TakeLast(1) : null;
        if (part.Split('#') is [var name, var number])
            return CronField.Value(name, 1, 7, Names) is { } weekday && CronField.Value(number, 1, 5) is { } nth
                ? (year, month) => On(year, month, weekday).Skip(nth - 1).Take(1)
                : null;
        return CronField.Parse(part, 1, 7, Names) is { } values ? (year, month) => values.SelectMany(weekday => On(year, month, weekday)) : null;
    }

    // Sunday is 1.
    private static IEnumerable<int> On(int year, int month, int weekday) =>
        Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Where(day => (int)new DateTime(year, month, day).DayOfWeek == weekday - 1);

    private static int NearestWeekday(int year, int month, int day) => new DateTime(year, month, day).DayOfWeek switch
    {
        DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
        DayOfWeek.Sunday => day == DateTime.DaysInMonth(year, month) ? day - 2 : day + 1,
        _ => day,
    };
}

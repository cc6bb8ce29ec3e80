using System.Globalization;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.Schedules;

/// <summary><c>rate(5 minutes)</c>.</summary>
internal sealed partial class RateSchedule(TimeSpan period) : Schedule
{
    public override DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset anchor)
    {
        if (after < anchor)
            return anchor + period;
        var next = anchor + period * ((after - anchor).Ticks / period.Ticks + 1);
        return next;
    }

    public static new RateSchedule? Parse(string expression)
    {
        var match = Form().Match(expression);
        if (!match.Success || !int.TryParse(match.Groups["value"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
            return null;
        // One is singular and more is plural, and nothing else is taken.
        var unit = match.Groups["unit"].Value;
        if (unit.EndsWith('s') != value > 1)
            return null;
        return new(value * (unit.TrimEnd('s') switch
        {
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        }));
    }

    [GeneratedRegex(@"^rate\((?<value>\d{1,6}) (?<unit>minutes?|hours?|days?)\)$")]
    private static partial Regex Form();
}

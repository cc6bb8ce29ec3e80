using System.Globalization;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>Time zones by the ids that Java knows, and the short names that it shows.</summary>
internal static class TimeZones
{
    // Standard and summer time. .NET has no abbreviations; a zone that isn't here is shown by its offset, as Joda-Time does for zones without a name.
    private static readonly Dictionary<string, (string Standard, string Summer)> Names = new(StringComparer.Ordinal)
    {
        ["America/Belize"] = ("CST", "CDT"),
        ["America/Chicago"] = ("CST", "CDT"),
        ["America/Denver"] = ("MST", "MDT"),
        ["America/Los_Angeles"] = ("PST", "PDT"),
        ["America/New_York"] = ("EST", "EDT"),
        ["Asia/Kolkata"] = ("IST", "IST"),
        ["Asia/Tokyo"] = ("JST", "JST"),
        ["Europe/Amsterdam"] = ("CET", "CEST"),
        ["Europe/Berlin"] = ("CET", "CEST"),
        ["Europe/Dublin"] = ("GMT", "IST"),
        ["Europe/London"] = ("GMT", "BST"),
        ["Europe/Madrid"] = ("CET", "CEST"),
        ["Europe/Paris"] = ("CET", "CEST"),
        ["Europe/Rome"] = ("CET", "CEST"),
        ["Europe/Stockholm"] = ("CET", "CEST"),
        ["Europe/Vienna"] = ("CET", "CEST"),
        ["Europe/Zurich"] = ("CET", "CEST"),
    };

    public static TimeZoneInfo? Find(string id)
    {
        if (id is "UTC" or "GMT" or "Z" or "UT")
            return TimeZoneInfo.Utc;
        var offset = id.StartsWith("UTC", StringComparison.Ordinal) || id.StartsWith("GMT", StringComparison.Ordinal) ? id[3..] : id;
        if (offset is ['+' or '-', ..])
            return Offset(offset) is { } fixedOffset ? TimeZoneInfo.CreateCustomTimeZone(id, fixedOffset, id, id) : null;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
    }

    public static string ShortName(TimeZoneInfo zone, DateTimeOffset time)
    {
        if (zone.Equals(TimeZoneInfo.Utc))
            return "UTC";
        return Names.TryGetValue(zone.Id, out var names) ? zone.IsDaylightSavingTime(time) ? names.Summer : names.Standard : Shown(time.Offset, ":");
    }

    public static string Shown(TimeSpan offset, string separator) =>
        string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh}{separator}{offset:mm}");

    private static TimeSpan? Offset(string text)
    {
        string[] formats = ["hh\\:mm", "hhmm", "hh", "%h"];
        return TimeSpan.TryParseExact(text[1..], formats, CultureInfo.InvariantCulture, out var offset) && offset <= TimeSpan.FromHours(14)
            ? text[0] == '-' ? -offset : offset
            : null;
    }
}

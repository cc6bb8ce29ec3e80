using System.Globalization;
using System.Text.Json;

namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>date.*</c>. A random time is written as <c>date.now</c> writes the present one.</summary>
internal static class DateModule
{
    private const string Iso = "YYYY-MM-DDTHH:mm:ssZ";
    private const string IsoUtc = "YYYY-MM-DDTHH:mm:ss[Z]";

    public static readonly Method[] All =
    [
        new("date.now", argument => Formatted(argument.Text ?? Iso, draws => draws.UtcNow(), utc: false)),
        new("current.timestamp", argument => Formatted(argument.Text ?? Iso, draws => draws.UtcNow(), utc: false)),
        new("date.utc", argument => Formatted(argument.Text ?? IsoUtc, draws => draws.UtcNow(), utc: true)),
        new("date.simTime", argument => Formatted(argument.Text ?? Iso, draws => draws.Simulated ?? draws.UtcNow(), utc: false)),
        Method.Of("date.past", argument => Shifted(-1, Years(argument))),
        Method.Of("date.future", argument => Shifted(1, Years(argument))),
        Method.Of("date.recent", argument => Shifted(-1, TimeSpan.FromDays(Positive(argument, 1)))),
        Method.Of("date.between", Between),
        Method.Of("date.month", argument => Name(argument, CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12])),
        Method.Of("date.weekday", argument => Name(argument, CultureInfo.InvariantCulture.DateTimeFormat.DayNames)),
    ];

    private static CompiledMethod Formatted(string text, Func<Draws, DateTimeOffset> clock, bool utc)
    {
        var format = new MomentFormat(text);
        var mayOpen = text.Contains('{', StringComparison.Ordinal);
        if (format.IsFinerThanSeconds)
            return new((output, draws) => format.Write(output, In(clock(draws), draws, utc), utc), mayOpen);
        var second = long.MinValue;
        var cached = new RecordBuffer(64);
        return new((output, draws) =>
        {
            var now = clock(draws);
            // Hundreds of thousands of records share a second: it is formatted once.
            if (now.UtcTicks / TimeSpan.TicksPerSecond != second)
            {
                second = now.UtcTicks / TimeSpan.TicksPerSecond;
                cached.Length = 0;
                format.Write(cached, In(now, draws, utc), utc);
            }

            output.Append(cached.Written);
        }, mayOpen);
    }

    private static DateTimeOffset In(DateTimeOffset at, Draws draws, bool utc) => utc ? at.ToUniversalTime() : TimeZoneInfo.ConvertTime(at, draws.Zone);

    private static ValueWriter Shifted(int direction, TimeSpan within)
    {
        var format = new MomentFormat(Iso);
        return (output, draws) => format.Write(
            output, In(draws.UtcNow() + TimeSpan.FromSeconds(direction * (1 + draws.Random.NextBelow((long)within.TotalSeconds))), draws, utc: false), utc: false);
    }

    private static ValueWriter Between(Argument argument)
    {
        const string Example = """date.between(["2026-01-01","2026-12-31"])""";
        if (argument.Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("from", out var from) && json.TryGetProperty("to", out var to))
            return Between(Time(from), Time(to));
        var both = argument.Array(Example);
        return both.GetArrayLength() == 2 ? Between(Time(both[0]), Time(both[1])) : throw new ArgumentFault($"needs two times, such as {Example}");
    }

    private static ValueWriter Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (from > to)
            throw new ArgumentFault("has its first time after its second: swap them");
        var format = new MomentFormat(Iso);
        return (output, draws) =>
            format.Write(output, In(from.AddSeconds(draws.Random.NextBelow((long)(to - from).TotalSeconds + 1)), draws, utc: false), utc: false);
    }

    private static ValueWriter Name(Argument argument, string[] names)
    {
        var abbreviated = argument.Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("abbr", out var abbr) && abbr.ValueKind == JsonValueKind.True;
        return (output, draws) =>
        {
            var name = names[draws.Random.NextBelow(names.Length)];
            output.Append(abbreviated ? name.AsSpan(0, 3) : name);
        };
    }

    private static TimeSpan Years(Argument argument) => TimeSpan.FromDays(365 * Positive(argument, 1));

    private static double Positive(Argument argument, double standard)
    {
        if (argument.IsNone)
            return standard;
        return double.TryParse(argument.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1000
            ? value
            : throw new ArgumentFault($"takes a number above 0 and up to 1000, not {argument}");
    }

    private static DateTimeOffset Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new ArgumentFault($"takes times such as \"2026-01-01\", not {value.GetRawText()}");
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineStacks.Cli.Generation;

/// <summary>Records per second by day and hour, as the Kinesis Data Generator's periodic rate has them.</summary>
internal sealed record PeriodicTable
{
    private const int Days = 7;
    private const int Hours = 24;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Seven rows from Sunday, each of 24 hours.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Mean { get; init; }

    /// <summary>The standard deviations, in the same order.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Deviation { get; init; }

    /// <summary>Whether both change linearly from one hour to the next, instead of at once.</summary>
    public bool Smoothing { get; init; }

    public static PeriodicTable Read(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"The periodic rate {file} can't be read: {error.Message}");
        }

        try
        {
            var table = JsonSerializer.Deserialize<PeriodicTable>(text, Json) ?? throw new UserError($"{file}: null is no table of rates.");
            Check(file, "mean", table.Mean);
            Check(file, "deviation", table.Deviation);
            return table;
        }
        catch (JsonException error)
        {
            throw new UserError(
                $$"""{{file}} is no table of rates: {{error.Message}} Write {"smoothing": true, "mean": [[24 numbers] 7 times, from Sunday], "deviation": [the same]}.""");
        }
    }

    /// <summary>Mean and deviation at a time, in that time's own zone.</summary>
    public (double Mean, double Deviation) At(DateTimeOffset time)
    {
        var (day, hour) = ((int)time.DayOfWeek, time.Hour);
        if (!Smoothing)
            return (Mean[day][hour], Deviation[day][hour]);
        var (nextDay, nextHour) = hour == Hours - 1 ? ((day + 1) % Days, 0) : (day, hour + 1);
        var share = (time.Minute * 60 + time.Second) / 3600.0;
        return (Between(Mean[day][hour], Mean[nextDay][nextHour], share), Between(Deviation[day][hour], Deviation[nextDay][nextHour], share));
    }

    private static double Between(double here, double next, double share) => here + ((next - here) * share);

    private static void Check(string file, string name, IReadOnlyList<IReadOnlyList<double>> rows)
    {
        if (rows.Count != Days)
            throw new UserError($"{file}: {name} has {rows.Count} rows, and a week has 7 days, from Sunday.");
        for (var day = 0; day < Days; day++)
        {
            if (rows[day].Count != Hours)
                throw new UserError($"{file}: {name}[{day}] has {rows[day].Count} numbers, and a day has 24 hours.");
            if (rows[day].Any(rate => rate < 0))
                throw new UserError($"{file}: {name}[{day}] holds a number below 0.");
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PipelineStacks.Cli.Verify;

/// <summary>What tells the records of one run from all others.</summary>
internal sealed record RunMark(string Run)
{
    private const int DaysToChooseFrom = 10_000;

    // After 1970, before which some readers of Parquet see other days, and before any pipeline brought data.
    private static readonly DateOnly FirstDay = new(1970, 1, 2);

    public static RunMark New(TimeProvider time) =>
        new(time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3)));

    /// <summary>What the records carry, such as <c>verify-20261120093000-1f2e3d</c>; no other run's mark begins with it.</summary>
    public string Text => $"verify-{Run}";

    /// <summary>
    /// The day on which the run's events happened, if one believes them. Hardly another run has the same, and no real event: so that the run's
    /// records have partitions of their own, which can be removed without touching others, and no late data looks fresh by them.
    /// </summary>
    public DateOnly Day => FirstDay.AddDays((int)(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Run))) % DaysToChooseFrom));

    /// <summary>The day as catalog and SQL write it.</summary>
    public string DayText => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Id(int record) => string.Create(CultureInfo.InvariantCulture, $"{Text}-{record:D6}");

    /// <summary>When a record happened: seconds apart.</summary>
    public string Time(int record) =>
        Day.ToDateTime(new TimeOnly(12, 0)).AddSeconds(record % 36_000).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

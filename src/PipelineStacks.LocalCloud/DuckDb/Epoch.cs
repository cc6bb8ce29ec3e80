namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>Where DuckDB's dates and timestamps count from: 1970-01-01, in .NET's units.</summary>
internal static class Epoch
{
    public static readonly int Day = new DateOnly(1970, 1, 1).DayNumber;

    public static readonly long Ticks = DateTime.UnixEpoch.Ticks;
}

using PipelineStacks.Model.Settings;
using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of the database. The runbook is docs/runbooks/database.md.</summary>
internal static class DatabaseAlarms
{
    private const double BytesPerGigabyte = 1024 * 1024 * 1024;

    public static IEnumerable<AlarmKind> Of(string database, EnvironmentSettings settings)
    {
        var monitoring = settings.Monitoring;
        yield return Kind("processor", $"The database is busier than {monitoring.ProcessorPercent} %.", Rds(database, "CPUUtilization", "Average")) with
        {
            Threshold = monitoring.ProcessorPercent,
        };
        yield return Kind("storage", $"Less than {monitoring.FreeStoragePercent} % of the first {settings.Database.StorageGigabytes} GB are free: the storage grows more slowly than the data, or has reached its limit.", Rds(database, "FreeStorageSpace", "Minimum")) with
        {
            Threshold = settings.Database.StorageGigabytes * BytesPerGigabyte * monitoring.FreeStoragePercent / 100,
            Comparison = Comparison.LessThanThreshold,
            Severity = Severity.Critical,
        };
        yield return Kind("connections", $"More than {monitoring.DatabaseConnections} connections: the next ones may be refused, those of the replication too.", Rds(database, "DatabaseConnections", "Maximum")) with
        {
            Threshold = monitoring.DatabaseConnections,
        };
    }

    private static AlarmKind Kind(string what, string why, WatchedMetric metric) =>
        new() { Family = "database", What = what, Why = why, Metric = metric, Threshold = 0, Period = 300, Periods = 3, Missing = MissingData.Missing };
}

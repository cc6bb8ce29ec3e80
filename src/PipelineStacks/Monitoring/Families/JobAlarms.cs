using PipelineStacks.Model.Settings;
using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of a Glue job, a crawler and the data's quality. The runbook is docs/runbooks/job.md.</summary>
internal static class JobAlarms
{
    private const int FiveMinutes = 300;
    private const int Hour = 3600;

    public static IEnumerable<AlarmKind> OfJob(string job, TimeSpan freshness, string failures, EnvironmentSettings settings)
    {
        var (minutes, percent) = (settings.Etl.TimeoutMinutes, settings.Monitoring.JobDurationPercent);
        yield return Event("failed", "A run failed or ran into its timeout; what follows upon it in the workflow doesn't run.", failures) with { Severity = Severity.Critical };
        // Spark's driver reports what came since its last report: only their sum is how long it ran. One run at a time, so that it can't be exceeded by two.
        yield return Kind("duration", $"Of the last {minutes} minutes, which are the job's timeout, it ran more than {percent} %.", Glue(job, "elapsedTime", "Sum")) with
        {
            Threshold = minutes * 60_000.0 * percent / 100,
            Period = PeriodOf(minutes * 60),
        };
        // Hours, since CloudWatch looks back further than a day only by them.
        yield return Kind("stale", $"No run came to its end for {freshness.TotalHours:0} hours: the tables that it writes are older than their objective.", Glue(job, "numCompletedStages", "Sum")) with
        {
            Threshold = 1,
            Comparison = Comparison.LessThanThreshold,
            Period = Hour,
            Periods = (int)Math.Ceiling(freshness.TotalHours),
            Missing = MissingData.Breaching,
        };
    }

    public static IEnumerable<AlarmKind> OfCrawler(string failures)
    {
        yield return Event("failed", "A crawl failed: files of a new schema or in new folders are not in the catalog.", failures) with { Family = "crawler", Severity = Severity.Critical };
    }

    public static IEnumerable<AlarmKind> OfQuality(string failures)
    {
        yield return Event("failed", "A clean table broke a rule of its dataset; the curated tables stay as they were.", failures) with { Family = "quality", Severity = Severity.Critical };
    }

    // A period of an hour and more must be whole hours to look back over more than a day.
    private static int PeriodOf(int seconds) => seconds <= Hour ? seconds : (seconds + Hour - 1) / Hour * Hour;

    private static AlarmKind Event(string what, string why, string rule) => Kind(what, why, Events(rule)) with { Period = FiveMinutes };

    private static AlarmKind Kind(string what, string why, WatchedMetric metric) => new() { Family = "job", What = what, Why = why, Metric = metric, Threshold = 0 };
}

using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of a function. The runbook is docs/runbooks/function.md.</summary>
internal static class FunctionAlarms
{
    public static IEnumerable<AlarmKind> Of(string function)
    {
        yield return Kind("errors", "The function failed.", Lambda(function, "Errors", "Sum"));
        yield return Kind("throttles", "The function was called more often at once than it may be.", Lambda(function, "Throttles", "Sum"));
    }

    private static AlarmKind Kind(string what, string why, WatchedMetric metric) =>
        new() { Family = "function", What = what, Why = why, Metric = metric, Threshold = 0, Period = 300 };
}

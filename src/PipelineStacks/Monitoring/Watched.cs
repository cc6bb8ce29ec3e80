namespace PipelineStacks.Monitoring;

/// <summary>Something that is deployed, with its alarms.</summary>
/// <param name="Subject">The middle of its alarms' names: <c>film-events</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Alarms">When to tell somebody.</param>
/// <param name="Traffic">What flows through it, for the dashboards.</param>
public sealed record Watched(string Subject, string Title, IReadOnlyList<AlarmKind> Alarms, IReadOnlyList<WatchedMetric> Traffic);

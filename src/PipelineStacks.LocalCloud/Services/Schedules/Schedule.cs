namespace PipelineStacks.LocalCloud.Services.Schedules;

/// <summary>When something recurs: EventBridge's <c>rate(…)</c> and <c>cron(…)</c>, in UTC. Glue has the same cron.</summary>
internal abstract class Schedule
{
    /// <summary>The first time after a moment; null where there is none any more.</summary>
    /// <param name="anchor">When the schedule began, from which rates are counted.</param>
    public abstract DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset anchor);

    /// <summary>Null for what is neither.</summary>
    public static Schedule? Parse(string expression) => (Schedule?)CronSchedule.Parse(expression) ?? RateSchedule.Parse(expression);
}

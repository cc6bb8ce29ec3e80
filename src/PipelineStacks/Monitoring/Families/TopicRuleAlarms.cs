using static PipelineStacks.Monitoring.WatchedMetrics;

namespace PipelineStacks.Monitoring.Families;

/// <summary>The alarms of a rule for devices' messages. The runbook is docs/runbooks/topic-rule.md.</summary>
internal static class TopicRuleAlarms
{
    /// <param name="action">The rule's action as AWS/IoT names it, such as <c>Kinesis</c>.</param>
    /// <param name="errorAction">The action for what it fails at.</param>
    public static IEnumerable<AlarmKind> Of(string rule, string action, string errorAction)
    {
        yield return Kind("failure", "The rule's action fails; messages go where its error action takes them.", TopicRuleAction(rule, action, "Failure"));
        yield return Kind("error-action-failure", "The error action fails too: these messages are lost.", TopicRuleAction(rule, errorAction, "ErrorActionFailure")) with { Severity = Severity.Critical };
        yield return Kind("throttled", "Messages come faster than the account's rules may evaluate, and some are dropped.", TopicRule(rule, "RuleMessageThrottled"));
        yield return Kind("parse-error", "Devices publish what isn't JSON.", TopicRule(rule, "ParseError"));
    }

    private static AlarmKind Kind(string what, string why, WatchedMetric metric) =>
        new() { Family = "topic-rule", What = what, Why = why, Metric = metric, Threshold = 0, Period = 300 };
}

namespace PipelineStacks.Tests.Alarms;

/// <summary>How an alarm is known to fire.</summary>
/// <param name="Kind">Runbook and section.</param>
/// <param name="IsProven">Whether a test drives its cause.</param>
/// <param name="Cause">The cause, or why no test drives it.</param>
internal sealed record AlarmProof(string Kind, bool IsProven, string Cause);

/// <summary>Every kind of alarm and its proof. test/PipelineStacks.LocalCloud.Tests/Alarms drives the causes.</summary>
internal static class AlarmProofs
{
    private const string Machine = "The local cloud's instances are processes of this machine and emit nothing of a machine's own; the alarm is INSUFFICIENT_DATA there.";

    public static readonly AlarmProof[] All =
    [
        .. new[] { "instance-storage", "instance-memory", "instance-processor" }.Select(what => new AlarmProof($"replication#{what}", false, Machine)),
        .. new[] { "processor", "storage", "connections" }.Select(what => new AlarmProof($"database#{what}", false, Machine)),
        new("stream#put-failed", false, "Records that Kinesis fails at for reasons of its own don't occur in the local cloud."),
        new("delivery#key-denied", false, "The local cloud doesn't refuse the use of keys to Firehose."),
        new("stream#iterator-age-warning", false, "No test drives its cause yet."),
        new("stream#iterator-age-critical", false, "No test drives its cause yet."),
        new("stream#write-throttled", false, "No test drives its cause yet."),
        new("stream#read-throttled", false, "No test drives its cause yet."),
        new("stream#put-throttled", false, "No test drives its cause yet."),
        new("delivery#freshness", false, "No test drives its cause yet."),
        new("delivery#failed", false, "No test drives its cause yet."),
        new("delivery#failed-conversion", false, "No test drives its cause yet."),
        new("delivery#read-throttled", false, "No test drives its cause yet."),
        new("dataset#quarantine", false, "No test drives its cause yet."),
        new("dataset#stale", false, "No test drives its cause yet."),
        new("replication#task-failed", false, "No test drives its cause yet."),
        new("replication#task-stopped", false, "No test drives its cause yet."),
        new("replication#source-latency", false, "No test drives its cause yet."),
        new("replication#target-latency", false, "No test drives its cause yet."),
        new("function#errors", false, "No test drives its cause yet."),
        new("function#throttles", false, "No test drives its cause yet."),
        new("job#failed", false, "No test drives its cause yet."),
        new("job#duration", false, "No test drives its cause yet."),
        new("job#stale", false, "No test drives its cause yet."),
        new("crawler#failed", false, "No test drives its cause yet."),
        new("quality#failed", false, "No test drives its cause yet."),
    ];
}

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
        new("stream#iterator-age-warning", true, "The delivery stream is deleted: after five minutes without a read."),
        new("stream#iterator-age-critical", true, "A consumer begins to read after 13 hours in which nobody did: after five minutes. The pipeline's alarm calls once."),
        new("stream#write-throttled", true, "A burst on one partition key: on its third minute, and over within eight."),
        new("stream#put-throttled", true, "The same burst."),
        new("stream#read-throttled", true, "Eight more reads a second of one shard."),
        new("delivery#read-throttled", true, "The same readers, who leave nothing for the delivery stream."),
        new("delivery#failed", true, "The table whose schema the delivery reads is deleted; over when it is back. The pipeline's alarm calls once, and again that it is over."),
        new("delivery#freshness", true, "The same missing table: the buffer waits."),
        new("dataset#stale", true, "The same missing table: nothing arrives."),
        new("delivery#failed-conversion", true, "Records whose film isn't a number."),
        new("dataset#quarantine", true, "The same records, as objects in the quarantine."),
        new("delivery#key-denied", false, "The local cloud doesn't refuse the use of keys to Firehose."),
        new("replication#task-failed", true, "The source's binary log is set to a format that can't be replicated; the task runs again after it is set back."),
        new("replication#task-stopped", true, "Somebody stops the task."),
        new("replication#source-latency", false, "The local cloud reads a database on the same machine, and its task fails rather than falls behind: see task-failed."),
        new("replication#target-latency", false, "The same: what the task can't write makes it fail."),
        new("function#errors", true, "A function that throws."),
        new("function#throttles", true, "A function whose reserved concurrency is 0."),
        new("job#failed", true, "A job whose SQL file is missing. The pipeline's alarm calls."),
        new("job#duration", false, "Jobs take no virtual time: what they do is done while the clock stands still."),
        new("job#stale", true, "A job that runs once and then not for 29 hours; fresh by its next run."),
        new("crawler#failed", true, "A crawler whose bucket doesn't exist."),
        new("quality#failed", true, "A table with fewer rows than its rule asks for."),
    ];
}

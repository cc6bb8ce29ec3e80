namespace PipelineStacks.Tests.Alarms;

/// <summary>How an alarm is known to fire.</summary>
/// <param name="Kind">Runbook and section.</param>
/// <param name="IsProven">Whether a test drives its cause.</param>
/// <param name="Cause">The cause, or why no test drives it.</param>
internal sealed record AlarmProof(string Kind, bool IsProven, string Cause);

/// <summary>Every kind of alarm and its proof. test/PipelineStacks.LocalCloud.Tests/Alarms drives the causes.</summary>
internal static class AlarmProofs
{
    private const string Machine = "The metric is the real one of the machine that runs the local cloud, which no test should bring to its end; there the alarm is OK.";

    public static readonly AlarmProof[] All =
    [
        new("replication#instance-storage", true, "A file that fills the task's folder on the instance: after twelve minutes, when each of its three periods had one that breached. The pipeline's alarm calls."),
        new("replication#instance-memory", false, Machine),
        new("replication#instance-processor", false, Machine),
        new("database#connections", true, "101 connections that nobody closes: after twelve minutes, too."),
        new("database#storage", true, "A file that fills the database's folder. The pipeline's alarm calls, and again that it is over."),
        new("database#processor", false, Machine),
        new("stream#put-failed", false, "Records that Kinesis fails at for reasons of its own don't occur in the local cloud."),
        new("stream#iterator-age-warning", true, "The delivery stream is deleted: after five minutes without a read."),
        new("stream#iterator-age-critical", true, "A consumer begins to read after 13 hours in which nobody did: after five minutes. The pipeline's alarm calls once."),
        new("stream#write-throttled", true, "A burst on one partition key: after its three minutes, and over with the burst."),
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
        new("replication#source-latency", true, "The database is down: ten minutes until the task is late, and fifteen in which it is. A killed worker goes on by itself, and sets nothing off."),
        new("replication#target-latency", true, "A target endpoint that gathers changes for an hour. The pipeline's alarm calls once, and again that it is over."),
        new("function#errors", true, "A function that throws."),
        new("function#throttles", true, "A function whose reserved concurrency is 0."),
        new("job#failed", true, "A job whose SQL file is missing. The pipeline's alarm calls."),
        new("job#duration", false, "While a job is at work virtual time stands still, and an hour of real work is no test."),
        new("job#stale", true, "A job that runs once and then not for 29 hours; fresh by its next run."),
        new("crawler#failed", true, "A crawler whose bucket doesn't exist."),
        new("quality#failed", true, "A table with fewer rows than its rule asks for."),
        new("topic-rule#failure", true, "The stream is deleted, and a storm of one device is more than its shard takes: in the first evaluation. Over when the stream is back."),
        new("topic-rule#error-action-failure", true, "The quarantine's bucket is missing as well. The pipeline's alarm calls once, and again that it is over."),
        new("topic-rule#parse-error", true, "A message that was cut off."),
        new("topic-rule#throttled", false, "The local cloud's rules take whatever one machine's broker brings, which is far from AWS's limit of an account."),
    ];
}

using PipelineStacks.Aws;
using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli.Generation;

/// <summary>Sends a batch until every record is taken: after each answer only those that were not, with growing, random pauses.</summary>
internal sealed class RecordSender(IRecordTarget target, Tally tally, TimeProvider time, Xoshiro jitter)
{
    // A shard's limit is per second, so waiting much longer gains nothing, and giving up within minutes loses data to a short storm.
    private const int MostAttempts = 100;

    private static readonly string[] Throttling = ["ProvisionedThroughputExceededException", "ServiceUnavailableException"];

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public async Task SendAsync(PutRecordsEntry[] records, CancellationToken cancel)
    {
        tally.Sent(records.Length);
        ReadOnlyMemory<PutRecordsEntry> rest = records;
        for (var attempt = 1; ; attempt++)
        {
            var failures = await target.PutAsync(rest, cancel);
            tally.Accepted(rest.Length - failures.Count);
            if (failures.Count == 0)
                return;
            if (attempt == MostAttempts)
            {
                tally.GaveUp(failures.Count);
                throw GivenUp(failures);
            }

            rest = Only(rest.Span, failures);
            await Task.Delay(Pause(attempt), time, cancel);
            tally.Retried(rest.Length);
        }
    }

    // Full jitter: senders that were refused together do not come back together.
    private TimeSpan Pause(int attempt)
    {
        var longest = FirstPause * Math.Pow(2, Math.Min(attempt - 1, 16));
        longest = longest > LongestPause ? LongestPause : longest;
        return longest * (0.25 + (0.75 * jitter.NextDouble()));
    }

    private static PutRecordsEntry[] Only(ReadOnlySpan<PutRecordsEntry> records, IReadOnlyList<RecordFailure> failures)
    {
        var only = new PutRecordsEntry[failures.Count];
        for (var i = 0; i < only.Length; i++)
            only[i] = records[failures[i].Index];
        return only;
    }

    private static UserError GivenUp(IReadOnlyList<RecordFailure> failures) => new(
        ExitCode.Failed,
        $"{failures.Count} records were refused {MostAttempts} times over, at last with {failures[0].ErrorCode}: {failures[0].ErrorMessage.TrimEnd('.')}."
        + (Throttling.Contains(failures[0].ErrorCode) ? " Send slower with --rate, or give the stream more shards." : ""));
}

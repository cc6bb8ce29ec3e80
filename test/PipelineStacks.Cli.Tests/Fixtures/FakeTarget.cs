using System.Text;
using PipelineStacks.Aws;
using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Cli.Generation;

namespace PipelineStacks.Cli.Tests.Fixtures;

/// <summary>A fake stream that refuses what it is told to refuse, and remembers the rest. What a real stream does is tested against the local cloud.</summary>
/// <param name="refuse">Of the n-th call and the record at an index in it.</param>
internal sealed class FakeTarget(Func<int, int, bool>? refuse = null) : IRecordTarget
{
    private readonly Lock _lock = new();
    private int _calls;

    public int MaxRecords { get; init; } = KinesisClient.MaxRecords;

    public int MaxBytes { get; init; } = KinesisClient.MaxBytes;

    public (string Code, string Message) Refusal { get; init; } = ("ProvisionedThroughputExceededException", "Rate exceeded for shard shardId-000000000000");

    public List<int> CallSizes { get; } = [];

    public List<(string Key, string Data)> Accepted { get; } = [];

    public Func<Task>? BeforeAnswer { get; init; }

    public async Task<IReadOnlyList<RecordFailure>> PutAsync(ReadOnlyMemory<PutRecordsEntry> records, CancellationToken cancel)
    {
        if (BeforeAnswer is not null)
            await BeforeAnswer();
        lock (_lock)
        {
            _calls++;
            CallSizes.Add(records.Length);
            List<RecordFailure> failures = [];
            for (var i = 0; i < records.Length; i++)
            {
                if (refuse?.Invoke(_calls, i) == true)
                    failures.Add(new(i, Refusal.Code, Refusal.Message));
                else
                    Accepted.Add((records.Span[i].PartitionKey, Encoding.UTF8.GetString(records.Span[i].Data.Span)));
            }

            return failures;
        }
    }
}

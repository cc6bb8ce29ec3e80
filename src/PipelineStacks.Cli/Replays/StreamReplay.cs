using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Templates;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replays;

/// <summary>Puts records back into the stream that they came over. Each keeps its key, by which the clean zone counts it once.</summary>
internal sealed class StreamReplay(CliContext context, Dataset dataset, IRecordTarget target, string where) : IReplayTarget
{
    // What a partition key takes of a call's limit, generously.
    private const int KeyBytes = 40;

    public int Chunk => 5000;

    public string Where => where;

    public Task<IReadOnlyDictionary<string, string>> RefuseAsync(IReadOnlyList<ReplayRecord> records, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    public async Task<string> SubmitAsync(IReadOnlyList<ReplayRecord> records, CancellationToken cancel)
    {
        var sender = new RecordSender(target, new Tally(), context.Time, new Xoshiro((ulong)Random.Shared.NextInt64()));
        List<PutRecordsEntry> batch = [];
        var bytes = 0;
        foreach (var record in records)
        {
            var entry = RecordLine.Of(RecordText.Json(dataset, record));
            if (batch.Count == target.MaxRecords || bytes + entry.Data.Length + KeyBytes > target.MaxBytes)
            {
                await sender.SendAsync([.. batch], cancel);
                batch.Clear();
                bytes = 0;
            }

            batch.Add(entry);
            bytes += entry.Data.Length + KeyBytes;
        }

        if (batch.Count > 0)
            await sender.SendAsync([.. batch], cancel);
        return Where;
    }
}

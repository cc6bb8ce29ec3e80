using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replays;

/// <summary>
/// Takes open records of quarantine back into their pipeline. A record is noted as replayed after it was submitted: whatever ends this in between,
/// the next time it is submitted again, and the clean zone counts it once.
/// </summary>
internal sealed class Replayer(CliContext context, QuarantineStore store, Dataset dataset, RecordRepairs repairs, IReplayTarget target)
{
    private readonly RecordCheck _check = new(dataset);
    private readonly MessageShape? _shape = dataset.Source is TopicSource source ? new(source, context.Time) : null;

    public async Task<ReplayReport> RunAsync(QuarantineFilter filter, IReadOnlyCollection<string>? ids, bool dryRun, CancellationToken cancel)
    {
        var report = new ReplayReport(dataset.Name, target.Where, dryRun, ids);
        foreach (var (file, hasLedger) in await store.ListAsync(filter, cancel))
        {
            var ledger = hasLedger ? await store.LedgerAsync(file, cancel) : Ledger.Empty;
            List<ReplayRecord> ready = [];
            await foreach (var record in store.ReadAsync(file, cancel))
            {
                if (!filter.Takes(record) || !report.IsAskedFor(record.Id))
                    continue;
                if (ledger.Holds(record.Id))
                    report.WasReplayed();
                else if (Prepare(record, report) is { } prepared)
                    ready.Add(prepared);
                if (ready.Count < target.Chunk)
                    continue;
                await SubmitAsync(file, ready, report, cancel);
                ready.Clear();
            }

            await SubmitAsync(file, ready, report, cancel);
        }

        return report;
    }

    private ReplayRecord? Prepare(RejectedRecord rejected, ReplayReport report)
    {
        var (record, unusable) = repairs.Apply(rejected);
        if (record is not null && rejected.Topic is { } topic)
            unusable = _shape?.Complete(record, topic);
        if (record is null || unusable is not null)
        {
            report.Refuse(rejected, unusable!);
            return null;
        }

        var (values, errors) = _check.Check(record);
        if (errors.Count == 0)
            return new(rejected, record, values);
        report.Refuse(rejected, string.Join("; ", errors));
        return null;
    }

    private async Task SubmitAsync(QuarantineObject file, List<ReplayRecord> ready, ReplayReport report, CancellationToken cancel)
    {
        if (ready.Count == 0)
            return;
        var refused = await target.RefuseAsync(ready, cancel);
        foreach (var record in ready.Where(record => refused.ContainsKey(record.Rejected.Id)))
            report.Refuse(record.Rejected, refused[record.Rejected.Id]);
        List<ReplayRecord> taken = [.. ready.Where(record => !refused.ContainsKey(record.Rejected.Id))];
        if (taken.Count > 0 && !report.DryRun)
        {
            var where = await target.SubmitAsync(taken, cancel);
            var now = context.Time.GetUtcNow();
            await store.MarkAsync(file, [.. taken.Select(record => new LedgerEntry(record.Rejected.Id, now, where))], cancel);
        }

        report.Replay(taken.Count);
    }
}

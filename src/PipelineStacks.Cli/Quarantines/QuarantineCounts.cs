using System.Collections.Concurrent;

namespace PipelineStacks.Cli.Quarantines;

/// <summary>How many records were rejected, of one dataset by one step for one reason on one day.</summary>
internal sealed record QuarantineCount(string Dataset, string Step, string Code, string Day, long Rejected, long Replayed)
{
    /// <summary>Those that still wait for somebody.</summary>
    public long Open => Rejected - Replayed;
}

/// <summary>Counts the quarantine, several files at a time.</summary>
internal sealed class QuarantineCounts(QuarantineStore store)
{
    private const int FilesAtOnce = 8;

    public async Task<IReadOnlyList<QuarantineCount>> ReadAsync(QuarantineFilter filter, CancellationToken cancel)
    {
        var counts = new ConcurrentDictionary<(string Dataset, string Step, string Code, string Day), (long Rejected, long Replayed)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(await store.ListAsync(filter, cancel), options, async (file, stop) =>
        {
            var ledger = file.HasLedger ? await store.LedgerAsync(file.Object, stop) : Ledger.Empty;
            await foreach (var record in store.ReadAsync(file.Object, stop))
            {
                if (!filter.Takes(record))
                    continue;
                var replayed = ledger.Holds(record.Id) ? 1 : 0;
                counts.AddOrUpdate(
                    (file.Object.Dataset, file.Object.Step, record.Code, file.Object.Day), (1, replayed), (_, count) => (count.Rejected + 1, count.Replayed + replayed));
            }
        });
        return [.. counts.Select(pair => new QuarantineCount(pair.Key.Dataset, pair.Key.Step, pair.Key.Code, pair.Key.Day, pair.Value.Rejected, pair.Value.Replayed))
            .OrderBy(count => count.Dataset, StringComparer.Ordinal).ThenBy(count => count.Day, StringComparer.Ordinal)
            .ThenBy(count => count.Step, StringComparer.Ordinal).ThenBy(count => count.Code, StringComparer.Ordinal)];
    }
}

using System.Collections.Concurrent;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>
/// Changes between source and files. They are collected in one journal at a time, which becomes files when it is old or large
/// enough; whoever comes after a kill finishes the journals that are there, in order.
/// </summary>
internal sealed class ChangeBuffer(
    TaskServices services, TargetStore target, Progress progress, TaskMetrics metrics, string folder, SemaphoreSlim gate, Func<string, Task> fail) : IDisposable
{
    private readonly ConcurrentQueue<ChangeJournal> _sealed = [];
    private ChangeJournal? _journal;
    private IDisposable? _timer;
    private DateTimeOffset? _since;

    /// <summary>Where capturing goes on; null before it began.</summary>
    public LogPosition? Position => _journal?.Position;

    /// <summary>How many changes are captured and not in files, and since when the oldest is.</summary>
    public (long Changes, DateTimeOffset? Since) Waiting =>
        (_sealed.Append(_journal).OfType<ChangeJournal>().Sum(journal => journal.Counts.Values.ToArray().Sum(one => one.Inserts + one.Updates + one.Deletes)), _since);

    /// <summary>By table, what is captured and not in files yet.</summary>
    public ChangeCounts PendingOf(TableProgress table) =>
        _journal is { } journal
            ? journal.Counts.ToArray().Where(one => IsOf(one.Key, table)).Aggregate(default(ChangeCounts), (sum, one) => sum + one.Value)
            : default;

    /// <summary>Finishes what an earlier run left, except the journal that was still open.</summary>
    public async Task RecoverAsync()
    {
        var journals = Directory.EnumerateFiles(folder, ChangeJournal.Pattern).Order(StringComparer.Ordinal).ToList();
        if (journals.Count == 0)
            return;
        foreach (var full in journals.SkipLast(1))
            _sealed.Enqueue(ChangeJournal.Open(full));
        _journal = ChangeJournal.Open(journals[^1]);
        if (!_sealed.IsEmpty)
            await CutAsync();
        Resume();
    }

    /// <summary>Goes on with what waits, after a failure or an earlier run.</summary>
    public void Resume()
    {
        if (_sealed.IsEmpty && _journal is not { Bytes: > 0 })
            return;
        _since ??= services.Clock.GetUtcNow();
        Arm();
    }

    public void Begin(LogPosition position) => _journal ??= ChangeJournal.Create(folder, progress.CountedJournal + 1, position, default);

    public async Task AppendAsync(string line)
    {
        var journal = _journal ?? throw new InvalidOperationException("Changes came before the place where they begin.");
        if (journal.Append(line) is not { } committed)
            return;
        metrics.Captured(committed, journal.Latency);
        _since ??= services.Clock.GetUtcNow();
        if (journal.Bytes >= target.Format.BatchBytes)
            await CutAsync();
        else
            Arm();
    }

    public void MoveTo(LogPosition position) => _journal?.MoveTo(position);

    public void DropUnfinished() => _journal?.DropUnfinished();

    /// <summary>Puts everything that is whole into files.</summary>
    public async Task FlushAsync()
    {
        if (_journal is { Bytes: > 0 } || !_sealed.IsEmpty)
            await CutAsync();
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _journal?.Dispose();
        foreach (var journal in _sealed)
            journal.Dispose();
    }

    private void Arm() => _timer ??= services.Clock.After(target.Format.BatchInterval, "writing changes", DueAsync);

    private async Task DueAsync()
    {
        await gate.WaitAsync();
        try
        {
            _timer = null;
            await FlushAsync();
        }
        catch (Exception error) when (error is ServiceException or IOException or DuckDb.DuckException)
        {
            await fail(error.Message);
        }
        finally
        {
            gate.Release();
        }
    }

    // The next journal begins where this one ends before this one is delivered: nothing is ever added to what may be in files.
    private async Task CutAsync()
    {
        _timer?.Dispose();
        _timer = null;
        if (_journal is { Bytes: > 0 } full)
        {
            full.DropUnfinished();
            _journal = ChangeJournal.Create(folder, full.Number + 1, full.Position, full.Sequence);
            _sealed.Enqueue(full);
        }

        while (_sealed.TryPeek(out var journal))
        {
            await DeliverAsync(journal);
            journal.Dispose();
            Remove(journal.Path);
            _sealed.TryDequeue(out _);
        }

        _since = null;
    }

    private async Task DeliverAsync(ChangeJournal journal)
    {
        if (journal.Number <= progress.CountedJournal || journal.Bytes == 0)
            return;
        var now = services.Clock.GetUtcNow();
        var rows = await new ChangeDelivery(target, progress, folder).DeliverAsync(journal.Path, now);
        foreach (var (key, table) in progress.Tables.ToList())
        {
            var applied = journal.Counts.Where(one => IsOf(one.Key, table)).Aggregate(default(ChangeCounts), (sum, one) => sum + one.Value);
            if (applied != default)
                progress.Tables[key] = table with { Applied = table.Applied + applied, Updated = now };
        }

        progress.CountedJournal = journal.Number;
        progress.Save();
        metrics.Applied(rows, journal.Bytes);
    }

    private static void Remove(string journal)
    {
        File.Delete(journal);
        ChangeDelivery.Forget(journal);
    }

    private bool IsOf(int definition, TableProgress table) =>
        progress.Definitions.TryGetValue(definition, out var one) && one["schema"]!.ToString() == table.Schema && one["name"]!.ToString() == table.Name;
}

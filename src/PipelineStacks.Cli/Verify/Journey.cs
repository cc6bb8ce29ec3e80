using PipelineStacks.Cli.Verify.Probes;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Verify;

/// <summary>
/// The way of known records from their sources to the curated zone. All are sent first, so that the waits overlap; all are removed in the end, however
/// far they came.
/// </summary>
internal sealed class Journey
{
    private readonly VerifyScope _scope;
    private readonly StepLog _log;
    private readonly LakeCheck _lake;
    private readonly QuarantineCheck _quarantine;
    private readonly ZoneCheck _zones;
    private readonly CleanUp _cleanUp;
    private readonly List<Probe> _begun = [];
    private readonly HashSet<Probe> _landed = [];

    public Journey(VerifyScope scope, StepLog log, LakeCheck lake)
    {
        (_scope, _log, _lake, _quarantine) = (scope, log, lake, new(scope));
        _zones = new(scope, _quarantine);
        _cleanUp = new(scope, _zones, lake);
    }

    /// <summary>What is still there of the run, and until when.</summary>
    public IReadOnlyList<string> Stays => _cleanUp.Stays;

    public async Task RunAsync(IReadOnlyList<Probe> probes, CancellationToken cancel)
    {
        try
        {
            var sent = await SendAsync(probes, cancel);
            foreach (var probe in sent.Where(probe => !probe.IsCrawled))
                await LandedAsync(probe, () => _zones.ArrivesAsync(probe, probe.Counts[0], cancel));
            if (_scope.HasEtl)
                await FollowAsync(sent, cancel);
            foreach (var probe in sent)
                await _log.RunAsync(probe.Pipeline, "quarantine", () => _quarantine.NoneAsync(probe, cancel));
        }
        finally
        {
            // Also of a run that was stopped.
            foreach (var probe in _begun)
                await _log.RunAsync(probe.Pipeline, "clean up", () => _cleanUp.SourceAsync(probe, CancellationToken.None));
        }

        if (_scope.HasEtl)
            await RemoveAsync(cancel);
    }

    private async Task<IReadOnlyList<Probe>> SendAsync(IReadOnlyList<Probe> probes, CancellationToken cancel)
    {
        List<Probe> sent = [];
        foreach (var probe in probes)
        {
            if (probe.Ready is { } ready && !await _log.RunAsync(probe.Pipeline, "replication", () => ready(cancel)))
                continue;
            if (probe.Unsendable is { } reason)
            {
                await _log.SkipAsync(probe.Pipeline, "send", reason);
                continue;
            }

            // Before it is done: a part may have been sent where the rest can't be.
            _begun.Add(probe);
            if (await _log.RunAsync(probe.Pipeline, "send", () => probe.SendAsync(cancel)))
                sent.Add(probe);
        }

        return sent;
    }

    private async Task FollowAsync(IReadOnlyList<Probe> sent, CancellationToken cancel)
    {
        foreach (var probe in sent.OfType<FileProbe>())
            await _log.RunAsync(probe.Pipeline, "arrival", () => probe.ArriveAsync(cancel));
        // What is crawled has been brought to the curated zone by the workflow that its files start.
        if (_landed.Count > 0)
            await _log.RunAsync(VerifyStep.All, "workflow", () => _lake.RunAsync(cancel));
        else
            await _log.SkipAsync(VerifyStep.All, "workflow", "nothing has landed that waits for it");
        foreach (var probe in sent)
        {
            if (probe is FileProbe { HasArrived: false } && _lake.Outcome is null)
                await _log.SkipAsync(probe.Pipeline, "landing", "no workflow has crawled the files");
            else if (probe.IsCrawled)
                await LandedAsync(probe, () => _zones.HasAllAsync(probe.Counts[0], "landing has", () => probe.ExplainAsync(cancel), cancel));
            await CountAsync(probe, cancel);
        }
    }

    private async Task LandedAsync(Probe probe, Func<Task<StepResult>> check)
    {
        if (await _log.RunAsync(probe.Pipeline, "landing", check))
            _landed.Add(probe);
    }

    private async Task CountAsync(Probe probe, CancellationToken cancel)
    {
        var (isThere, before) = (_landed.Contains(probe), probe.Counts[0]);
        foreach (var count in probe.Counts.Skip(1))
        {
            if (!isThere)
            {
                await _log.SkipAsync(probe.Pipeline, count.ZoneText, $"{before.ZoneText} lacks the records");
                continue;
            }

            var places = $"{before.ZoneText} has {before.Of(before.Expected)}, {count.ZoneText}";
            isThere = await _log.RunAsync(probe.Pipeline, count.ZoneText, () => _zones.HasAllAsync(count, places, () => Task.FromResult(Explain(probe, count.Zone)), cancel));
            foreach (var partition in probe.Partitions.Where(partition => isThere && partition.Zone == count.Zone))
                await _log.RunAsync(probe.Pipeline, $"{count.ZoneText} partition", () => _zones.IsRegisteredAsync(partition, cancel));
            before = count;
        }
    }

    private string Explain(Probe probe, ZoneName zone) => probe is FileProbe { HasArrived: true } && _lake.Outcome is null
        ? $"though workflow {_scope.Names.ArrivalWorkflow(probe.Pipeline)} succeeded"
        : _lake.Explain(zone == ZoneName.Clean ? _scope.Names.CleanJob(probe.Pipeline) : _scope.Names.CuratedJob);

    // What was deleted at the source leaves the zones as any deletion does.
    private async Task RemoveAsync(CancellationToken cancel)
    {
        if (_lake.Outcome is { Succeeded: true } && _begun.OfType<DatabaseProbe>().FirstOrDefault() is { } database)
            await _log.RunAsync(database.Pipeline, "removal", () => _cleanUp.RowsAsync(database, cancel));
        foreach (var probe in _begun.Where(probe => probe.Partitions.Any(partition => partition.OthersSql is not null)))
            await _log.RunAsync(probe.Pipeline, "removal", () => _cleanUp.PartitionsAsync(probe, CancellationToken.None));
    }
}

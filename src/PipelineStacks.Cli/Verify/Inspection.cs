using PipelineStacks.Cli.Verify.Probes;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Verify;

/// <summary>Looks at what is there without sending or starting anything.</summary>
internal sealed class Inspection(VerifyScope scope, StepLog log, LakeCheck lake)
{
    public async Task RunAsync(IReadOnlyList<Probe> probes, CancellationToken cancel)
    {
        foreach (var probe in probes)
        {
            if (probe.Ready is { } ready)
                await log.RunAsync(probe.Pipeline, "replication", () => ready(cancel));
            foreach (var count in probe.Counts.Where(count => scope.HasEtl || count.Zone == ZoneName.Landing))
                await log.RunAsync(probe.Pipeline, count.ZoneText, () => IsReadableAsync(probe, count, cancel));
        }

        if (scope.HasEtl)
            await log.RunAsync(VerifyStep.All, "workflow", () => lake.LastAsync(cancel));
    }

    private async Task<StepResult> IsReadableAsync(Probe probe, Count count, CancellationToken cancel)
    {
        if (probe.IsCrawled && await scope.Aws.Glue.FindTableAsync(scope.Names.Database(count.Zone), count.Table, cancel) is null)
            return StepResult.Skipped("no files have been crawled yet");
        // One row is enough, and all of them might be a bill.
        var rows = await scope.CountAsync($"SELECT count(*) FROM (SELECT 1 AS one FROM {scope.Table(count.Zone, count.Table)} LIMIT 1) AS some", cancel);
        return StepResult.Passed("readable", rows == 0 ? "empty" : "has rows");
    }
}

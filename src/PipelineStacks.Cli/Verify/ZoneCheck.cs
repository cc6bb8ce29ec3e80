using System.Globalization;
using PipelineStacks.Cli.Verify.Probes;

namespace PipelineStacks.Cli.Verify;

/// <summary>Counts the run's records in the zones.</summary>
internal sealed class ZoneCheck(VerifyScope scope, QuarantineCheck quarantine)
{
    /// <summary>Waits until they have arrived, nothing more will, or the deadline passed.</summary>
    public async Task<StepResult> ArrivesAsync(Probe probe, Count count, CancellationToken cancel)
    {
        while (true)
        {
            var found = await scope.CountAsync(count.Sql, cancel);
            if (found == count.Expected)
                return StepResult.Passed(Text(found), Text(found));
            var (rejected, why) = await quarantine.FindAsync(probe, cancel);
            if (rejected > 0 && found + rejected >= count.Expected)
                return Missing(why);
            if (await probe.StuckAsync(cancel) is { } stuck)
                return Missing(stuck);
            if (scope.Deadline.HasPassed)
                return Missing($"{(rejected > 0 ? why : await probe.ExplainAsync(cancel))}; waited {scope.Deadline}");
            await Task.Delay(scope.Poll, scope.Context.Time, cancel);

            StepResult Missing(string reason) => StepResult.Failed(Text(count.Expected), Text(found), $"landing has {count.Of(found)}: {reason}");
        }
    }

    /// <param name="places">What is said before the count of a failure, such as <c>landing has 100 of 100, clean</c>.</param>
    public async Task<StepResult> HasAllAsync(Count count, string places, Func<Task<string>> explain, CancellationToken cancel)
    {
        var found = await scope.CountAsync(count.Sql, cancel);
        return found == count.Expected
            ? StepResult.Passed(Text(found), Text(found))
            : StepResult.Failed(Text(count.Expected), Text(found), $"{places} {count.Of(found)}: {await explain()}");
    }

    public async Task<StepResult> IsRegisteredAsync(Partition partition, CancellationToken cancel) =>
        await scope.Aws.Glue.FindPartitionAsync(scope.Names.Database(partition.Zone), partition.Table, [partition.Value], cancel) is { } found
            ? StepResult.Passed(partition.Value, found.Values[0])
            : StepResult.Failed(partition.Value, "none", $"the catalog has no partition {partition.Value} of {scope.Table(partition.Zone, partition.Table)}");

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}

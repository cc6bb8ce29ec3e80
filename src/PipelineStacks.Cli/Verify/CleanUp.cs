using System.Globalization;
using PipelineStacks.Cli.Verify.Probes;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Verify;

/// <summary>
/// Removes what a run sent: rows where they were inserted, files that hold nothing else, and the partitions of its own day. What cannot be told
/// apart stays, and is told.
/// </summary>
internal sealed class CleanUp(VerifyScope scope, ZoneCheck zones, LakeCheck lake)
{
    private readonly List<string> _stays = [];

    /// <summary>What is still there of the run, and until when.</summary>
    public IReadOnlyList<string> Stays => _stays;

    /// <summary>Where they were sent, and in the landing zone.</summary>
    public async Task<StepResult> SourceAsync(Probe probe, CancellationToken cancel)
    {
        if (await probe.RemoveAsync(cancel) is { } stays)
            _stays.Add(stays);
        return StepResult.Passed("removed", "removed");
    }

    /// <summary>Rows, in clean and curated: once their deletion has arrived the workflow takes them out.</summary>
    public async Task<StepResult> RowsAsync(DatabaseProbe database, CancellationToken cancel)
    {
        const string Expected = "0 records left";
        if (await zones.ArrivesAsync(database, database.Deletions, cancel) is { Status: StepStatus.Failed } lost)
            return lost with { Message = $"of the deletions of its rows {lost.Message}" };
        if (await lake.RunAsync(cancel) is { Status: StepStatus.Failed } failed)
            return failed;
        var left = 0L;
        foreach (var count in database.Counts.Where(count => count.Zone != ZoneName.Landing))
            left += await scope.CountAsync(count.Sql, cancel);
        return left == 0
            ? StepResult.Passed(Expected, Expected)
            : StepResult.Failed(Expected, string.Create(CultureInfo.InvariantCulture, $"{left} records left"), $"records of this run are still in clean or curated, by the mark {scope.Mark.Text}");
    }

    /// <summary>
    /// In clean and curated. Not before the workflow has run for the last time: of a table that has nothing else its rules could not be measured.
    /// </summary>
    public async Task<StepResult> PartitionsAsync(Probe probe, CancellationToken cancel)
    {
        var removed = 0;
        foreach (var partition in probe.Partitions.Where(partition => partition.OthersSql is not null))
            removed += await RemoveAsync(partition, cancel) ? 1 : 0;
        if (removed > 0 && probe.Sums is { } sums)
            _stays.Add($"the records of {probe.Pipeline} in the sums of {scope.Table(ZoneName.Curated, sums)}, until the next run of {scope.Names.LakeWorkflow}");
        return StepResult.Passed("removed", $"{removed} partitions removed");
    }

    private async Task<bool> RemoveAsync(Partition partition, CancellationToken cancel)
    {
        var (glue, database) = (scope.Aws.Glue, scope.Names.Database(partition.Zone));
        if (await glue.FindPartitionAsync(database, partition.Table, [partition.Value], cancel) is not { StorageDescriptor.Location: { } location })
            return false;
        if (await scope.CountAsync(partition.OthersSql!, cancel) is var others and > 0)
        {
            _stays.Add($"the partition {partition.Value} of {database}.{partition.Table}, which has {others} rows of others");
            return false;
        }

        await glue.DeletePartitionAsync(database, partition.Table, [partition.Value], cancel);
        // A folder that is the partition's alone, as the jobs write them; of any other only the job can tell what is in use.
        if (location.TrimEnd('/').EndsWith($"={partition.Value}", StringComparison.Ordinal))
            await EmptyAsync(location, cancel);
        return true;
    }

    private async Task EmptyAsync(string folder, CancellationToken cancel)
    {
        var (bucket, prefix) = S3Uri.Split(folder.TrimEnd('/') + "/");
        await foreach (var file in scope.Aws.S3.ListAsync(bucket, prefix, cancel))
            await scope.Aws.S3.DeleteAsync(bucket, file.Key, cancel);
    }
}

using System.Globalization;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>Removes the files of a table that hold nothing but the run's records.</summary>
internal static class LandedFiles
{
    /// <param name="isOwn">A condition that is true of the run's records.</param>
    /// <param name="among">A condition on partitions, where the table has any.</param>
    /// <returns>How many of the run's records stay, in files that hold others' as well.</returns>
    public static async Task<long> RemoveAsync(VerifyScope scope, string table, string isOwn, string? among, CancellationToken cancel)
    {
        var files = (await scope.QueryAsync(
            $"SELECT \"$path\" AS file, count_if({isOwn}) AS own, count(*) AS records FROM {scope.Table(ZoneName.Landing, table)}{(among is null ? "" : $" WHERE {among}")} GROUP BY \"$path\" HAVING count_if({isOwn}) > 0",
            cancel)).Rows;
        var stay = 0L;
        foreach (var file in files)
        {
            if (file[1] != file[2])
            {
                stay += long.Parse(file[1]!, CultureInfo.InvariantCulture);
                continue;
            }

            var (bucket, key) = S3Uri.Split(file[0]!);
            await scope.Aws.S3.DeleteAsync(bucket, key, cancel);
        }

        return stay;
    }
}

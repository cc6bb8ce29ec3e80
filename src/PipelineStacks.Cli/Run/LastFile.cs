using PipelineStacks.Aws;

namespace PipelineStacks.Cli.Run;

/// <summary>When what was sent has arrived: with its last file, which may be long before anybody counts.</summary>
internal static class LastFile
{
    /// <returns>The time of the newest object under a prefix; <paramref name="since"/> where there is none after it.</returns>
    public static async Task<DateTimeOffset> UnderAsync(AwsClients aws, string bucket, string prefix, DateTimeOffset since, CancellationToken cancel)
    {
        var last = since;
        await foreach (var file in aws.S3.ListAsync(bucket, prefix, cancel))
            last = file.Modified > last ? file.Modified : last;
        return last;
    }
}

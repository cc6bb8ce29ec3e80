using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>
/// Runs a job's script. There is no Spark here: of one script it is known what it does, by its first line, and DuckDB does the
/// same. Any other is refused by name.
/// </summary>
internal sealed class JobScripts(IObjectStore store, Sql.SqlRunner runner)
{
    private const string Marker = "# runner: run_sql/1";

    /// <exception cref="JobFailedException">The script is missing, is another one, or what it does failed.</exception>
    public async Task<JobCounts> RunAsync(JobWork work, CancellationToken stop)
    {
        var location = S3Location.Parse(work.Stored.ScriptLocation)!.Value;
        StoredObject script;
        try
        {
            script = store.Get(work.Call, location.Bucket, location.Prefix);
        }
        catch (ServiceException error)
        {
            throw new JobFailedException($"The script {work.Stored.ScriptLocation} of job {work.Run.JobName} can't be read: {error.Message} ({error.Code})");
        }

        using (var reader = new StreamReader(script.File))
        {
            var first = await reader.ReadLineAsync(stop);
            if (first?.TrimEnd() != Marker)
                throw new JobFailedException(
                    $"The local cloud can't run {work.Stored.ScriptLocation}: it has no Spark, and runs only scripts whose first line is \"{Marker}\", with DuckDB. "
                    + $"The first line of this one is \"{Short(first)}\".");
        }

        return await runner.RunAsync(work, stop);
    }

    private static string Short(string? line) => line is null ? "" : line.Length > 80 ? line[..80] + "…" : line;
}

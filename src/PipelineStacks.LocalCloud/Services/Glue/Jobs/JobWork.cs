using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>What a run has to do.</summary>
/// <param name="Call">A call of the job's role: all that the script reads and writes goes through it.</param>
internal sealed record JobWork(Call Call, ResourceKey Job, StoredRun Stored, JobLog Log)
{
    public JobRun Run => Stored.Run;

    public IReadOnlyDictionary<string, string> Arguments => Stored.AllArguments;
}

/// <summary>What a run did, for its metrics.</summary>
internal sealed record JobCounts(int CompletedTasks, int FailedTasks, long BytesRead)
{
    public static readonly JobCounts None = new(0, 0, 0);
}

/// <summary>A run failed by what its job, its files or its data are: the message goes to the user.</summary>
internal sealed class JobFailedException(string message, JobCounts? counts = null) : Exception(message)
{
    public JobCounts Counts { get; } = counts ?? new(0, 1, 0);
}

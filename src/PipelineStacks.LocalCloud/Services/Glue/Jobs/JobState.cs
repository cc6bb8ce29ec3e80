using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>What is known of jobs. One writer at a time.</summary>
internal sealed class JobState(StateStore store) : ITaggedResources
{
    public Lock Writing { get; } = new();

    public StateCollection<Job> Jobs { get; } = store.Open<Job>("glue", "jobs");

    public StateCollection<StoredRun> Runs { get; } = store.Open<StoredRun>("glue", "job-runs");

    public StateCollection<StoredBookmark> Bookmarks { get; } = store.Open<StoredBookmark>("glue", "job-bookmarks");

    public StateCollection<SecurityConfiguration> SecurityConfigurations { get; } =
        store.Open<SecurityConfiguration>("glue", "security-configurations");

    public string Kind => "job";

    public static string Arn(Call call, string job) => call.Arn("glue", $"job/{job}");

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    public static ResourceKey RunKey(Call call, string job, string run) => new(call.Account, call.Region, $"{job}/{run}");

    public bool Exists(Call call, string name) => Jobs.TryGet(Key(call, name), out _);

    public Job FindJob(Call call, string name) =>
        Jobs.TryGet(Key(call, name), out var found) ? found : throw GlueErrors.NotFound($"Job {name} not found.");

    public StoredRun FindRun(Call call, string job, string run) =>
        Runs.TryGet(RunKey(call, job, run), out var found) ? found : throw GlueErrors.NotFound($"Entity not found: job run {run} of job {job}.");

    /// <summary>A job's runs, the newest first.</summary>
    public IReadOnlyList<StoredRun> RunsOf(string account, string region, string job) =>
        [.. Runs.In(account, region).Where(run => run.Run.JobName == job).OrderByDescending(run => run.Number)];
}

/// <summary>A run with what the API doesn't show.</summary>
/// <param name="Number">Counts all runs of the account and Region, since several start in one moment of virtual time.</param>
/// <param name="Running">When it left STARTING.</param>
internal sealed record StoredRun(JobRun Run, long Number, string Role, string ScriptLocation, IReadOnlyDictionary<string, string> AllArguments,
    int MaxRetries, JobRunOrigin? Origin = null, DateTimeOffset? Running = null)
{
    public bool IsOver => JobRunStates.AreOver(Run.JobRunState);
}

/// <summary>What a job has read.</summary>
/// <param name="Seen">By target and source table the objects that were read: their keys and entity tags.</param>
internal sealed record StoredBookmark(JobBookmarkEntry Entry, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Seen);

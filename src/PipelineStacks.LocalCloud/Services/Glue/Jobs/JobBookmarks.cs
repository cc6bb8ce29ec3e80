using System.Globalization;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>How far each job has read. A run commits once, at its end, all or nothing.</summary>
internal sealed class JobBookmarks(JobState state) : IGlueOperations
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Nothing =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public OperationTable AddTo(OperationTable table) => table
        .Add<GetJobBookmarkRequest, JobBookmarkResponse>("GetJobBookmark", Get)
        .Add<ResetJobBookmarkRequest, JobBookmarkResponse>("ResetJobBookmark", Reset);

    public StoredBookmark Of(ResourceKey job) =>
        state.Bookmarks.TryGet(job, out var found) ? found : new(new() { JobName = job.Name }, Nothing);

    /// <param name="version">The bookmark's when the run began.</param>
    /// <exception cref="ServiceException">Another run committed, or the bookmark was reset, in between.</exception>
    public void Commit(ResourceKey job, int version, JobRun run, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> seen)
    {
        lock (state.Writing)
        {
            var before = Of(job);
            if (before.Entry.Version != version)
                throw new ServiceException("VersionMismatchException",
                    $"Continuation update failed due to version mismatch. Expected version {version} but found version {before.Entry.Version}");
            state.Bookmarks.Put(job, new(
                new()
                {
                    JobName = job.Name,
                    Version = version + 1,
                    Run = before.Entry.Run + 1,
                    Attempt = run.Attempt,
                    PreviousRunId = before.Entry.RunId,
                    RunId = run.Id,
                    JobBookmark = Describe(seen),
                },
                seen));
        }
    }

    public JobBookmarkResponse Get(Call call, GetJobBookmarkRequest request)
    {
        call.Authorize("glue:GetJobBookmark", JobState.Arn(call, request.JobName));
        var entry = Find(call, request.JobName).Entry;
        return request.RunId is null || request.RunId == entry.RunId
            ? new(entry)
            : throw GlueErrors.NotFound($"Continuation for job {request.JobName} and run {request.RunId} not found.");
    }

    public JobBookmarkResponse Reset(Call call, ResetJobBookmarkRequest request)
    {
        call.Authorize("glue:ResetJobBookmark", JobState.Arn(call, request.JobName));
        if (request.RunId is not null)
            throw ServiceException.Unsupported("Rewinding a bookmark to a run (ResetJobBookmark with RunId): reset it as a whole; it");
        lock (state.Writing)
        {
            var before = Find(call, request.JobName).Entry;
            var entry = new JobBookmarkEntry { JobName = request.JobName, Version = before.Version + 1, JobBookmark = "{}" };
            state.Bookmarks.Put(JobState.Key(call, request.JobName), new(entry, Nothing));
            return new(entry);
        }
    }

    private StoredBookmark Find(Call call, string job) =>
        state.Bookmarks.TryGet(JobState.Key(call, job), out var found) ? found : throw GlueErrors.NotFound($"Continuation for job {job} not found.");

    // The objects themselves would make an answer of megabytes.
    private static string Describe(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> seen) => JsonSerializer.Serialize(
        seen.ToDictionary(unit => unit.Key, unit => $"{unit.Value.Count.ToString(CultureInfo.InvariantCulture)} objects"));
}

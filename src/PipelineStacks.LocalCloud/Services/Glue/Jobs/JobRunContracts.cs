using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

internal sealed record Predecessor(string JobName, string RunId);

/// <summary>A run of a job, as the API shows it and as it is kept.</summary>
internal sealed record JobRun
{
    public required string Id { get; init; }

    public int Attempt { get; init; }

    public string? PreviousRunId { get; init; }

    public string? TriggerName { get; init; }

    public required string JobName { get; init; }

    public string? JobMode { get; init; }

    public bool? JobRunQueuingEnabled { get; init; }

    public DateTimeOffset StartedOn { get; init; }

    public DateTimeOffset LastModifiedOn { get; init; }

    public DateTimeOffset? CompletedOn { get; init; }

    /// <summary>One of <see cref="JobRunStates"/>.</summary>
    public required string JobRunState { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    public string? ErrorMessage { get; init; }

    public IReadOnlyList<Predecessor>? PredecessorRuns { get; init; }

    public double AllocatedCapacity { get; init; }

    /// <summary>The seconds in which the run used resources.</summary>
    public int ExecutionTime { get; init; }

    public int Timeout { get; init; }

    public double MaxCapacity { get; init; }

    public string? WorkerType { get; init; }

    public int NumberOfWorkers { get; init; }

    public string? SecurityConfiguration { get; init; }

    public string? LogGroupName { get; init; }

    public NotificationProperty? NotificationProperty { get; init; }

    public string? GlueVersion { get; init; }

    public string? ExecutionClass { get; init; }

    public string? StateDetail { get; init; }
}

internal static class JobRunStates
{
    public const string Waiting = "WAITING";
    public const string Starting = "STARTING";
    public const string Running = "RUNNING";
    public const string Stopping = "STOPPING";
    public const string Stopped = "STOPPED";
    public const string Succeeded = "SUCCEEDED";
    public const string Failed = "FAILED";
    public const string Timeout = "TIMEOUT";
    public const string Error = "ERROR";

    public static bool AreOver(string state) => state is Stopped or Succeeded or Failed or Timeout or Error;
}

internal sealed record StartJobRunRequest
{
    public required string JobName { get; init; }

    public bool? JobRunQueuingEnabled { get; init; }

    /// <summary>The run to start again.</summary>
    public string? JobRunId { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    public double? AllocatedCapacity { get; init; }

    public int? Timeout { get; init; }

    public double? MaxCapacity { get; init; }

    public string? SecurityConfiguration { get; init; }

    public NotificationProperty? NotificationProperty { get; init; }

    public string? WorkerType { get; init; }

    public int? NumberOfWorkers { get; init; }

    public string? ExecutionClass { get; init; }
}

internal sealed record StartJobRunResponse(string JobRunId);

internal sealed record GetJobRunRequest(string JobName, string RunId, bool? PredecessorsIncluded);

internal sealed record GetJobRunResponse(JobRun JobRun);

internal sealed record GetJobRunsRequest(string JobName, string? NextToken, int? MaxResults);

internal sealed record GetJobRunsResponse(IReadOnlyList<JobRun> JobRuns, string? NextToken);

internal sealed record BatchStopJobRunRequest(string JobName, IReadOnlyList<string> JobRunIds);

internal sealed record BatchStopJobRunResponse(
    IReadOnlyList<BatchStopJobRunSuccessfulSubmission> SuccessfulSubmissions, IReadOnlyList<BatchStopJobRunError> Errors);

internal sealed record BatchStopJobRunSuccessfulSubmission(string JobName, string JobRunId);

internal sealed record BatchStopJobRunError(string JobName, string JobRunId, ErrorDetail ErrorDetail);

internal sealed record GetJobBookmarkRequest(string JobName, string? RunId);

internal sealed record ResetJobBookmarkRequest(string JobName, string? RunId);

internal sealed record JobBookmarkResponse(JobBookmarkEntry JobBookmarkEntry);

internal sealed record JobBookmarkEntry
{
    public required string JobName { get; init; }

    public int Version { get; init; }

    public int Run { get; init; }

    public int Attempt { get; init; }

    public string? PreviousRunId { get; init; }

    public string? RunId { get; init; }

    public string? JobBookmark { get; init; }
}

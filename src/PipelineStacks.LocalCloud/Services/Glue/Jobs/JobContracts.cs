using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

internal sealed record JobCommand(string? Name, string? ScriptLocation, string? PythonVersion = null, string? Runtime = null);

internal sealed record ExecutionProperty(int? MaxConcurrentRuns);

internal sealed record NotificationProperty(int? NotifyDelayAfter);

internal sealed record ConnectionsList(IReadOnlyList<string>? Connections);

/// <summary>What CreateJob, UpdateJob and templates say of a job.</summary>
internal record JobUpdate
{
    public string? JobMode { get; init; }

    public bool? JobRunQueuingEnabled { get; init; }

    public string? Description { get; init; }

    public string? LogUri { get; init; }

    public string? Role { get; init; }

    public ExecutionProperty? ExecutionProperty { get; init; }

    public JobCommand? Command { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? DefaultArguments { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? NonOverridableArguments { get; init; }

    public ConnectionsList? Connections { get; init; }

    public int? MaxRetries { get; init; }

    public double? AllocatedCapacity { get; init; }

    public int? Timeout { get; init; }

    public double? MaxCapacity { get; init; }

    public string? WorkerType { get; init; }

    public int? NumberOfWorkers { get; init; }

    public string? SecurityConfiguration { get; init; }

    public NotificationProperty? NotificationProperty { get; init; }

    public string? GlueVersion { get; init; }

    public string? ExecutionClass { get; init; }

    public string? MaintenanceWindow { get; init; }
}

internal sealed record CreateJobRequest : JobUpdate
{
    public required string Name { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A job as the API shows it and as it is kept: what was said of it with all defaults filled in.</summary>
internal sealed record Job
{
    public required string Name { get; init; }

    public string? JobMode { get; init; }

    public bool? JobRunQueuingEnabled { get; init; }

    public string? Description { get; init; }

    public string? LogUri { get; init; }

    public required string Role { get; init; }

    public DateTimeOffset CreatedOn { get; init; }

    public DateTimeOffset LastModifiedOn { get; init; }

    public required ExecutionProperty ExecutionProperty { get; init; }

    public required JobCommand Command { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? DefaultArguments { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? NonOverridableArguments { get; init; }

    public ConnectionsList? Connections { get; init; }

    public int MaxRetries { get; init; }

    public double AllocatedCapacity { get; init; }

    public int Timeout { get; init; }

    public double MaxCapacity { get; init; }

    public required string WorkerType { get; init; }

    public int NumberOfWorkers { get; init; }

    public string? SecurityConfiguration { get; init; }

    public NotificationProperty? NotificationProperty { get; init; }

    public required string GlueVersion { get; init; }

    public string? ExecutionClass { get; init; }

    public string? MaintenanceWindow { get; init; }
}

internal sealed record JobNameResponse(string Name);

internal sealed record UpdateJobRequest(string JobName, JobUpdate JobUpdate);

internal sealed record UpdateJobResponse(string JobName);

internal sealed record JobNameRequest(string JobName);

internal sealed record GetJobResponse(Job Job);

internal sealed record GetJobsRequest(string? NextToken, int? MaxResults);

internal sealed record GetJobsResponse(IReadOnlyList<Job> Jobs, string? NextToken);

internal sealed record ListJobsRequest(string? NextToken, int? MaxResults, IReadOnlyDictionary<string, string>? Tags);

internal sealed record ListJobsResponse(IReadOnlyList<string> JobNames, string? NextToken);

internal sealed record BatchGetJobsRequest(IReadOnlyList<string> JobNames);

internal sealed record BatchGetJobsResponse(IReadOnlyList<Job> Jobs, IReadOnlyList<string> JobsNotFound);

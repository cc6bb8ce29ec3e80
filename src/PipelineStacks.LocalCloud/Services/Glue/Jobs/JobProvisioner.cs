using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

internal sealed record JobProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    public required JobCommand Command { get; init; }

    public required string Role { get; init; }

    public string? Description { get; init; }

    [NoLocalEffect("Glue reserves it, too.")]
    public string? LogUri { get; init; }

    [NoLocalEffect("It says how the console shows the job.")]
    public string? JobMode { get; init; }

    public bool? JobRunQueuingEnabled { get; init; }

    public ExecutionProperty? ExecutionProperty { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? DefaultArguments { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? NonOverridableArguments { get; init; }

    [NoLocalEffect("Jobs read S3 and the catalog; no network lies between.")]
    public ConnectionsList? Connections { get; init; }

    public int? MaxRetries { get; init; }

    public double? AllocatedCapacity { get; init; }

    public int? Timeout { get; init; }

    [NoLocalEffect("It is checked; DuckDB takes what the machine has.")]
    public double? MaxCapacity { get; init; }

    [NoLocalEffect("It is checked; DuckDB takes what the machine has.")]
    public string? WorkerType { get; init; }

    [NoLocalEffect("It is checked; DuckDB takes what the machine has.")]
    public int? NumberOfWorkers { get; init; }

    public string? SecurityConfiguration { get; init; }

    public NotificationProperty? NotificationProperty { get; init; }

    public string? GlueVersion { get; init; }

    [NoLocalEffect("It is checked; there is no spare capacity to wait for.")]
    public string? ExecutionClass { get; init; }

    [NoLocalEffect("It is for streaming jobs.")]
    public string? MaintenanceWindow { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public JobUpdate Update => new()
    {
        Command = Command,
        Role = Role,
        Description = Description,
        LogUri = LogUri,
        JobMode = JobMode,
        JobRunQueuingEnabled = JobRunQueuingEnabled,
        ExecutionProperty = ExecutionProperty,
        DefaultArguments = DefaultArguments,
        NonOverridableArguments = NonOverridableArguments,
        Connections = Connections,
        MaxRetries = MaxRetries,
        AllocatedCapacity = AllocatedCapacity,
        Timeout = Timeout,
        MaxCapacity = MaxCapacity,
        WorkerType = WorkerType,
        NumberOfWorkers = NumberOfWorkers,
        SecurityConfiguration = SecurityConfiguration,
        NotificationProperty = NotificationProperty,
        GlueVersion = GlueVersion,
        ExecutionClass = ExecutionClass,
        MaintenanceWindow = MaintenanceWindow,
    };
}

/// <summary><c>AWS::Glue::Job</c>.</summary>
internal sealed class JobProvisioner(GlueJobs jobs, GlueTags tags) : Provisioner<JobProperties>("AWS::Glue::Job")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, JobProperties properties)
    {
        var name = properties.Name ?? context.NewName(255);
        jobs.Create(context.Call, name, properties.Update, properties.Tags);
        return ValueTask.FromResult(new Provisioned(name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, JobProperties before, JobProperties after)
    {
        jobs.Update(context.Call, new(physicalId, after.Update));
        tags.Forget(context.Call, JobState.Arn(context.Call, physicalId));
        tags.Put(context.Call, JobState.Arn(context.Call, physicalId), after.Tags ?? new Dictionary<string, string>());
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, JobProperties properties)
    {
        jobs.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }
}

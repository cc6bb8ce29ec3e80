using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-replicationtask.html"/></summary>
internal sealed record TaskProperties
{
    public string? CdcStartPosition { get; init; }

    public string? CdcStopPosition { get; init; }

    public required string MigrationType { get; init; }

    [CreateOnly]
    public required string ReplicationInstanceArn { get; init; }

    public string? ReplicationTaskIdentifier { get; init; }

    public string? ReplicationTaskSettings { get; init; }

    [CreateOnly]
    public string? ResourceIdentifier { get; init; }

    [CreateOnly]
    public required string SourceEndpointArn { get; init; }

    public required string TableMappings { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    [CreateOnly]
    public required string TargetEndpointArn { get; init; }

    [NoLocalEffect("It is stored and described.")]
    public string? TaskData { get; init; }
}

/// <summary>Provisions tasks. CloudFormation never starts one, can't change one that runs, and stops one before it deletes it.</summary>
internal sealed class TaskProvisioner(Tasks tasks, Tags tags, DmsState state, Replication.TaskRunners runners) : Provisioner<TaskProperties>("AWS::DMS::ReplicationTask")
{
    protected override void Check(ProvisionContext context, TaskProperties properties) =>
        Tasks.Check(properties.MigrationType, properties.TableMappings, properties.ReplicationTaskSettings, null, properties.CdcStartPosition, properties.CdcStopPosition);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, TaskProperties properties)
    {
        var created = tasks.Create(context.Call, new()
        {
            ReplicationTaskIdentifier = properties.ReplicationTaskIdentifier ?? context.NewName(255, lowerCase: true),
            SourceEndpointArn = properties.SourceEndpointArn,
            TargetEndpointArn = properties.TargetEndpointArn,
            ReplicationInstanceArn = properties.ReplicationInstanceArn,
            MigrationType = properties.MigrationType,
            TableMappings = properties.TableMappings,
            ReplicationTaskSettings = properties.ReplicationTaskSettings,
            CdcStartPosition = properties.CdcStartPosition,
            TaskData = properties.TaskData,
            ResourceIdentifier = properties.ResourceIdentifier,
            Tags = properties.Tags,
        });
        return ValueTask.FromResult(new Provisioned(created.ReplicationTask.ReplicationTaskArn));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, TaskProperties before, TaskProperties after)
    {
        if (before with { Tags = null } != after with { Tags = null })
            tasks.Modify(context.Call, new()
            {
                ReplicationTaskArn = physicalId,
                ReplicationTaskIdentifier = after.ReplicationTaskIdentifier,
                MigrationType = after.MigrationType,
                TableMappings = after.TableMappings,
                ReplicationTaskSettings = after.ReplicationTaskSettings ?? "{}",
                CdcStartPosition = after.CdcStartPosition,
                TaskData = after.TaskData,
            });
        tags.Set(physicalId, after.Tags);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override async ValueTask DeleteAsync(ProvisionContext context, string physicalId, TaskProperties properties)
    {
        if (!state.Tasks.TryGet(DmsState.KeyOf(physicalId), out var task))
            return;
        if (task.Status is "running" or "starting" or "stopping")
            await runners.StopAsync(physicalId, "Stop Reason NORMAL");
        await tasks.DeleteAsync(context.Call, new ReplicationTaskRequest(physicalId));
    }
}

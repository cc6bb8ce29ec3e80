using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>
/// The configurations of DMS Serverless. Each has one replication, which the engine runs as a task that has no instance and bears the
/// configuration's ARN.
/// </summary>
internal sealed class ReplicationConfigs(
    DmsState state, Endpoints endpoints, SubnetGroups groups, TaskRunners runners, TaskServices services, Tags tags, TimeProvider time)
{
    private static readonly int[] CapacityUnits = [1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384];

    public ReplicationConfigResponse Create(Call call, CreateReplicationConfigRequest request)
    {
        var arn = call.Arn("dms", $"replication-config:{DmsState.NewId(request.ResourceIdentifier)}");
        call.Authorize("dms:CreateReplicationConfig", arn);
        if (state.ReplicationConfigs.In(call.Account, call.Region).Any(one => one.ReplicationConfigIdentifier == request.ReplicationConfigIdentifier)
            || state.ReplicationConfigs.TryGet(DmsState.KeyOf(arn), out _))
            throw DmsErrors.Exists("ReplicationConfig", request.ReplicationConfigIdentifier);
        var config = new ReplicationConfig
        {
            ReplicationConfigIdentifier = request.ReplicationConfigIdentifier,
            ReplicationConfigArn = arn,
            SourceEndpointArn = request.SourceEndpointArn,
            TargetEndpointArn = request.TargetEndpointArn,
            ReplicationType = request.ReplicationType,
            ComputeConfig = request.ComputeConfig,
            ReplicationSettings = request.ReplicationSettings ?? "{}",
            SupplementalSettings = request.SupplementalSettings,
            TableMappings = request.TableMappings,
            ReplicationConfigCreateTime = time.GetUtcNow(),
            ReplicationConfigUpdateTime = time.GetUtcNow(),
        };
        Check(call, config);
        state.ReplicationConfigs.Put(DmsState.KeyOf(arn), config);
        state.Replications.Put(DmsState.KeyOf(arn), Run(config));
        tags.Set(arn, request.Tags);
        return new(config);
    }

    public ReplicationConfigResponse Modify(Call call, ModifyReplicationConfigRequest request)
    {
        call.Authorize("dms:ModifyReplicationConfig", request.ReplicationConfigArn);
        var before = Get(request.ReplicationConfigArn);
        var run = StandingRun(before, "modified");
        var after = before with
        {
            ReplicationConfigIdentifier = request.ReplicationConfigIdentifier ?? before.ReplicationConfigIdentifier,
            SourceEndpointArn = request.SourceEndpointArn ?? before.SourceEndpointArn,
            TargetEndpointArn = request.TargetEndpointArn ?? before.TargetEndpointArn,
            ReplicationType = request.ReplicationType ?? before.ReplicationType,
            ComputeConfig = Merging.Over(before.ComputeConfig, request.ComputeConfig)!,
            ReplicationSettings = request.ReplicationSettings ?? before.ReplicationSettings,
            SupplementalSettings = request.SupplementalSettings ?? before.SupplementalSettings,
            TableMappings = request.TableMappings ?? before.TableMappings,
            ReplicationConfigUpdateTime = time.GetUtcNow(),
        };
        Check(call, after);
        state.ReplicationConfigs.Put(DmsState.KeyOf(after.ReplicationConfigArn), after);
        state.Replications.Put(DmsState.KeyOf(after.ReplicationConfigArn), Run(after) with
        {
            Status = run.Status,
            StopReason = run.StopReason,
            LastFailureMessage = run.LastFailureMessage,
            ReplicationTaskStartDate = run.ReplicationTaskStartDate,
            CdcStartPosition = run.CdcStartPosition,
        });
        return new(after);
    }

    public async ValueTask<ReplicationConfigResponse> DeleteAsync(Call call, ReplicationConfigRequest request)
    {
        call.Authorize("dms:DeleteReplicationConfig", request.ReplicationConfigArn);
        var config = Get(request.ReplicationConfigArn);
        StandingRun(config, "deleted");
        await runners.ReleaseAsync(config.ReplicationConfigArn);
        state.ReplicationConfigs.Remove(DmsState.KeyOf(config.ReplicationConfigArn));
        state.Replications.Remove(DmsState.KeyOf(config.ReplicationConfigArn));
        services.DropFolder(config.ReplicationConfigArn);
        tags.Set(config.ReplicationConfigArn, null);
        return new(config);
    }

    public DescribeReplicationConfigsResponse Describe(Call call, DescribeRequest request)
    {
        call.Authorize("dms:DescribeReplicationConfigs", "*");
        var page = Filtering.Page(state.ReplicationConfigs.In(call.Account, call.Region), request, (config, name) => name switch
        {
            "replication-config-arn" => config.ReplicationConfigArn,
            "replication-config-id" => config.ReplicationConfigIdentifier,
            _ => null,
        });
        return new(page.Items, page.Next);
    }

    public ReplicationConfig Get(string arn) =>
        state.ReplicationConfigs.TryGet(DmsState.KeyOf(arn), out var config) ? config : throw DmsErrors.NotFound("Replication Config", arn);

    public static void CheckCapacity(ComputeConfig compute)
    {
        if (compute.MaxCapacityUnits is not { } most)
            throw DmsErrors.Value("MaxCapacityUnits is required.");
        foreach (var units in new[] { most, compute.MinCapacityUnits ?? most })
            if (!CapacityUnits.Contains(units))
                throw DmsErrors.Value($"The capacity {units} is not valid. Valid values: {string.Join(", ", CapacityUnits)}.");
        if (compute.MinCapacityUnits > most)
            throw DmsErrors.Combination($"MinCapacityUnits ({compute.MinCapacityUnits}) may not exceed MaxCapacityUnits ({most}).");
    }

    private ReplicationTask StandingRun(ReplicationConfig config, string intention)
    {
        state.Replications.TryGet(DmsState.KeyOf(config.ReplicationConfigArn), out var run);
        return run!.Status is "ready" or "stopped" or "failed" ? run
            : throw DmsErrors.State($"Replication Config cannot be {intention}: the replication {config.ReplicationConfigIdentifier} is {run.Status}. Stop it first.");
    }

    private static ReplicationTask Run(ReplicationConfig config) => new()
    {
        ReplicationTaskIdentifier = config.ReplicationConfigIdentifier,
        ReplicationTaskArn = config.ReplicationConfigArn,
        ReplicationInstanceArn = "",
        SourceEndpointArn = config.SourceEndpointArn,
        TargetEndpointArn = config.TargetEndpointArn,
        MigrationType = config.ReplicationType,
        TableMappings = config.TableMappings,
        ReplicationTaskSettings = config.ReplicationSettings,
        ReplicationTaskCreationDate = config.ReplicationConfigCreateTime,
        Status = "ready",
    };

    private void Check(Call call, ReplicationConfig config)
    {
        if (endpoints.Get(config.SourceEndpointArn).Endpoint.EndpointType != "source" || endpoints.Get(config.TargetEndpointArn).Endpoint.EndpointType != "target")
            throw DmsErrors.Value("A replication needs a source endpoint as its source and a target endpoint as its target.");
        if (config.ComputeConfig.ReplicationSubnetGroupId is { } group)
            groups.Get(call, group);
        groups.CheckRole(call);
        CheckCapacity(config.ComputeConfig);
        Tasks.Check(config.ReplicationType, config.TableMappings, config.ReplicationSettings);
    }
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>The replications of DMS Serverless: <see href="https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Serverless.Components.html"/>.</summary>
internal sealed class Replications(
    DmsState state, ReplicationConfigs configs, Connections connections, TaskRunners runners, TaskServices services, TaskDescriptions descriptions, TimeProvider time)
{
    public async ValueTask<ReplicationResponse> StartAsync(Call call, StartReplicationRequest request)
    {
        call.Authorize("dms:StartReplication", request.ReplicationConfigArn);
        var (config, run) = Get(request.ReplicationConfigArn);
        if (run.Status is not ("ready" or "stopped" or "failed"))
            throw DmsErrors.State($"Replication cannot be started: the replication {config.ReplicationConfigIdentifier} is {StatusOf(run)}.");
        if (request.CdcStartTime is not null || request.CdcStopPosition is not null || request.PremigrationAssessmentSettings is not null)
            throw ServiceException.Unsupported("CdcStartTime, CdcStopPosition and PremigrationAssessmentSettings");
        Tasks.CheckPosition(request.CdcStartPosition);
        var fresh = Tasks.IsFresh(run, request.StartReplicationType);
        await runners.ReleaseAsync(config.ReplicationConfigArn);
        if (fresh)
            services.DropFolder(config.ReplicationConfigArn);
        var started = run with
        {
            Status = "starting",
            StopReason = null,
            LastFailureMessage = null,
            ReplicationTaskStartDate = time.GetUtcNow(),
            CdcStartPosition = request.CdcStartPosition ?? run.CdcStartPosition,
        };
        state.Replications.Put(DmsState.KeyOf(config.ReplicationConfigArn), started);
        // As the connection tests of instances: in seconds of the machine's time.
        _ = BeginAsync(started);
        return new(Describe(config, started));
    }

    public ReplicationResponse Stop(Call call, ReplicationConfigRequest request)
    {
        call.Authorize("dms:StopReplication", request.ReplicationConfigArn);
        var (config, run) = Get(request.ReplicationConfigArn);
        if (run.Status is not ("running" or "starting") || runners.Find(config.ReplicationConfigArn) is null)
            throw DmsErrors.State($"Replication cannot be stopped: the replication {config.ReplicationConfigIdentifier} is {StatusOf(run)}.");
        var stopping = state.Replications.Update(DmsState.KeyOf(config.ReplicationConfigArn), one => one with { Status = "stopping" })!;
        services.Clock.After(TimeSpan.Zero, $"stopping {config.ReplicationConfigIdentifier}", () => runners.StopAsync(config.ReplicationConfigArn, "Stop Reason NORMAL"));
        return new(Describe(config, stopping));
    }

    public DescribeReplicationsResponse Describe(Call call, DescribeRequest request)
    {
        call.Authorize("dms:DescribeReplications", "*");
        var page = Filtering.Page(state.ReplicationConfigs.In(call.Account, call.Region), request, (config, name) => name switch
        {
            "replication-config-arn" => config.ReplicationConfigArn,
            "replication-config-id" => config.ReplicationConfigIdentifier,
            _ => null,
        });
        return new([.. page.Items.Select(config => Describe(config, Get(config.ReplicationConfigArn).Run))], page.Next);
    }

    public DescribeReplicationTableStatisticsResponse DescribeTables(Call call, DescribeReplicationTableStatisticsRequest request)
    {
        call.Authorize("dms:DescribeReplicationTableStatistics", request.ReplicationConfigArn);
        var page = descriptions.PageOfTables(Get(request.ReplicationConfigArn).Run, request);
        return new(request.ReplicationConfigArn, page.Items, page.Next);
    }

    // Serverless tests its connections itself; whoever uses an instance has to do so before.
    private async Task BeginAsync(ReplicationTask run)
    {
        foreach (var endpoint in new[] { run.SourceEndpointArn, run.TargetEndpointArn })
        {
            if (await connections.FailureOfAsync(endpoint) is { } failure)
            {
                state.Replications.Update(DmsState.KeyOf(run.ReplicationTaskArn), one => one with
                {
                    Status = "failed",
                    StopReason = "Stop Reason FATAL_ERROR Error Level FATAL",
                    LastFailureMessage = failure,
                });
                return;
            }
        }

        await runners.StartAsync(run);
    }

    private (ReplicationConfig Config, ReplicationTask Run) Get(string arn)
    {
        var config = configs.Get(arn);
        return state.Replications.TryGet(DmsState.KeyOf(arn), out var run) ? (config, run) : throw DmsErrors.NotFound("Replication", arn);
    }

    private Contracts.Replication Describe(ReplicationConfig config, ReplicationTask run)
    {
        var complete = descriptions.Complete(run, withoutSettings: true);
        var provisioned = run.Status is "running" or "starting" or "stopping";
        return new()
        {
            ReplicationConfigIdentifier = config.ReplicationConfigIdentifier,
            ReplicationConfigArn = config.ReplicationConfigArn,
            SourceEndpointArn = config.SourceEndpointArn,
            TargetEndpointArn = config.TargetEndpointArn,
            ReplicationType = config.ReplicationType,
            Status = StatusOf(run),
            ProvisionData = run.ReplicationTaskStartDate is null ? null
                : new(provisioned ? "provisioned" : "deprovisioned", provisioned ? config.ComputeConfig.MaxCapacityUnits!.Value : 0, run.ReplicationTaskStartDate),
            StopReason = run.StopReason,
            FailureMessages = run.LastFailureMessage is { } message ? [message] : [],
            ReplicationStats = complete.ReplicationTaskStats,
            CdcStartPosition = run.CdcStartPosition,
            RecoveryCheckpoint = complete.RecoveryCheckpoint,
            ReplicationCreateTime = config.ReplicationConfigCreateTime,
            ReplicationUpdateTime = config.ReplicationConfigUpdateTime,
        };
    }

    private string StatusOf(ReplicationTask run) => run.Status switch
    {
        "ready" => "created",
        "starting" => runners.Find(run.ReplicationTaskArn) is null ? "testing_connection" : "replication_starting",
        var other => other,
    };
}

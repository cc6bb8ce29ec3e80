using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>Replication tasks: what they are, and their lives.</summary>
internal sealed class Tasks(DmsState state, Endpoints endpoints, Instances instances, Connections connections, TaskRunners runners, TaskServices services,
    Events events, Tags tags, TimeProvider time)
{
    private static readonly string[] MigrationTypes = ["full-load", "cdc", "full-load-and-cdc"];

    public ReplicationTaskResponse Create(Call call, CreateReplicationTaskRequest request)
    {
        var arn = call.Arn("dms", $"task:{DmsState.NewId(request.ResourceIdentifier)}");
        call.Authorize("dms:CreateReplicationTask", arn);
        var name = request.ReplicationTaskIdentifier.ToLowerInvariant();
        if (state.Tasks.In(call.Account, call.Region).Any(one => one.ReplicationTaskIdentifier == name) || state.Tasks.TryGet(DmsState.KeyOf(arn), out _))
            throw DmsErrors.Exists("ReplicationTask", name);
        if (endpoints.Get(request.SourceEndpointArn).Endpoint.EndpointType != "source" || endpoints.Get(request.TargetEndpointArn).Endpoint.EndpointType != "target")
            throw DmsErrors.Value("A replication task needs a source endpoint as its source and a target endpoint as its target.");
        instances.Get(request.ReplicationInstanceArn);
        Check(request.MigrationType, request.TableMappings, request.ReplicationTaskSettings, request.CdcStartTime, request.CdcStartPosition, request.CdcStopPosition);
        var task = new ReplicationTask
        {
            ReplicationTaskIdentifier = name,
            ReplicationTaskArn = arn,
            SourceEndpointArn = request.SourceEndpointArn,
            TargetEndpointArn = request.TargetEndpointArn,
            ReplicationInstanceArn = request.ReplicationInstanceArn,
            MigrationType = request.MigrationType,
            TableMappings = request.TableMappings,
            ReplicationTaskSettings = request.ReplicationTaskSettings ?? "{}",
            CdcStartPosition = request.CdcStartPosition,
            TaskData = request.TaskData,
            Status = "ready",
            ReplicationTaskCreationDate = time.GetUtcNow(),
        };
        state.Tasks.Put(DmsState.KeyOf(arn), task);
        tags.Set(arn, request.Tags);
        events.TaskChanged(task, "The replication task has been created.", "creation", "REPLICATION_TASK_CREATED");
        return new(task with { Status = "creating" });
    }

    public ReplicationTaskResponse Modify(Call call, ModifyReplicationTaskRequest request)
    {
        call.Authorize("dms:ModifyReplicationTask", request.ReplicationTaskArn);
        var before = Get(request.ReplicationTaskArn);
        if (before.Status is not ("ready" or "stopped" or "failed"))
            throw DmsErrors.State($"Replication Task cannot be modified: the task {before.ReplicationTaskIdentifier} is {before.Status}.");
        Check(request.MigrationType ?? before.MigrationType, request.TableMappings ?? before.TableMappings!,
            request.ReplicationTaskSettings ?? before.ReplicationTaskSettings, request.CdcStartTime, request.CdcStartPosition, request.CdcStopPosition);
        var after = before with
        {
            ReplicationTaskIdentifier = request.ReplicationTaskIdentifier?.ToLowerInvariant() ?? before.ReplicationTaskIdentifier,
            MigrationType = request.MigrationType ?? before.MigrationType,
            TableMappings = request.TableMappings ?? before.TableMappings,
            ReplicationTaskSettings = request.ReplicationTaskSettings ?? before.ReplicationTaskSettings,
            CdcStartPosition = request.CdcStartPosition ?? before.CdcStartPosition,
            TaskData = request.TaskData ?? before.TaskData,
        };
        state.Tasks.Put(DmsState.KeyOf(after.ReplicationTaskArn), after);
        return new(after with { Status = "modifying" });
    }

    public async ValueTask<ReplicationTaskResponse> DeleteAsync(Call call, ReplicationTaskRequest request)
    {
        call.Authorize("dms:DeleteReplicationTask", request.ReplicationTaskArn);
        var task = Get(request.ReplicationTaskArn);
        if (task.Status is "running" or "starting" or "stopping")
            throw DmsErrors.State($"Replication Task cannot be deleted: the task {task.ReplicationTaskIdentifier} is {task.Status}.");
        await runners.ReleaseAsync(task.ReplicationTaskArn);
        state.Tasks.Remove(DmsState.KeyOf(task.ReplicationTaskArn));
        services.DropFolder(task.ReplicationTaskArn);
        tags.Set(task.ReplicationTaskArn, null);
        events.TaskChanged(task, "The replication task has been deleted.", "deletion", "REPLICATION_TASK_DELETED");
        return new(task with { Status = "deleting" });
    }

    public async ValueTask<ReplicationTaskResponse> StartAsync(Call call, StartReplicationTaskRequest request)
    {
        call.Authorize("dms:StartReplicationTask", request.ReplicationTaskArn);
        var task = Get(request.ReplicationTaskArn);
        if (task.Status is not ("ready" or "stopped" or "failed"))
            throw DmsErrors.State($"Replication Task cannot be started: the task {task.ReplicationTaskIdentifier} is {task.Status}.");
        if (request.CdcStartTime is not null || request.CdcStopPosition is not null)
            throw ServiceException.Unsupported("CdcStartTime and CdcStopPosition");
        CheckPosition(request.CdcStartPosition);
        var fresh = IsFresh(task, request.StartReplicationTaskType);
        connections.Demand(task.SourceEndpointArn, task.ReplicationInstanceArn);
        connections.Demand(task.TargetEndpointArn, task.ReplicationInstanceArn);
        await runners.ReleaseAsync(task.ReplicationTaskArn);
        if (fresh)
            services.DropFolder(task.ReplicationTaskArn);
        var started = task with
        {
            Status = "starting",
            StopReason = null,
            LastFailureMessage = null,
            ReplicationTaskStartDate = time.GetUtcNow(),
            ReplicationTaskStats = null,
            CdcStartPosition = request.CdcStartPosition ?? task.CdcStartPosition,
        };
        state.Tasks.Put(DmsState.KeyOf(task.ReplicationTaskArn), started);
        events.TaskChanged(started, "The replication task has started.", "state change", "REPLICATION_TASK_STARTED");
        await runners.StartAsync(started);
        return new(started);
    }

    public ReplicationTaskResponse Stop(Call call, ReplicationTaskRequest request)
    {
        call.Authorize("dms:StopReplicationTask", request.ReplicationTaskArn);
        var task = Get(request.ReplicationTaskArn);
        if (task.Status is not ("running" or "starting"))
            throw DmsErrors.State($"Replication Task cannot be stopped: the task {task.ReplicationTaskIdentifier} is {task.Status}.");
        var stopping = state.Tasks.Update(DmsState.KeyOf(task.ReplicationTaskArn), one => one with { Status = "stopping" })!;
        services.Clock.After(TimeSpan.Zero, $"stopping {task.ReplicationTaskIdentifier}", async () =>
        {
            await runners.StopAsync(task.ReplicationTaskArn, "Stop Reason NORMAL");
            events.TaskChanged(Get(task.ReplicationTaskArn), "The replication task has stopped. Stop Reason NORMAL", "state change", "REPLICATION_TASK_STOPPED");
        });
        return new(stopping);
    }

    public async ValueTask<ReloadTablesResponse> ReloadAsync(Call call, ReloadTablesRequest request)
    {
        call.Authorize("dms:ReloadTables", request.ReplicationTaskArn);
        var task = Get(request.ReplicationTaskArn);
        if (task.Status != "running" || runners.Find(task.ReplicationTaskArn) is not { } runner)
            throw DmsErrors.State($"Tables can be reloaded only while the task is running; the task {task.ReplicationTaskIdentifier} is {task.Status}.");
        if (request.ReloadOption is not (null or "data-reload"))
            throw ServiceException.Unsupported($"The reload option {request.ReloadOption}");
        foreach (var table in request.TablesToReload)
            if (!runner.Progress.Tables.ContainsKey(Progress.KeyOf(table.SchemaName, table.TableName)))
                throw DmsErrors.Value($"The table {table.SchemaName}.{table.TableName} is not in the task.");
        await runner.ReloadAsync(request.TablesToReload);
        return new(task.ReplicationTaskArn);
    }

    public ReplicationTask Get(string arn) => state.Tasks.TryGet(DmsState.KeyOf(arn), out var task) ? task : throw DmsErrors.NotFound("Replication Task", arn);

    /// <summary>What can be said of a task without its endpoints.</summary>
    public static void Check(
        string migrationType, string mappings, string? settings, DateTimeOffset? startTime = null, string? startPosition = null, string? stopPosition = null)
    {
        if (!MigrationTypes.Contains(migrationType))
            throw DmsErrors.Value($"The migration type {migrationType} is not valid. Valid values: {string.Join(", ", MigrationTypes)}.");
        TableMappings.CheckFilters(TableMappings.Parse(mappings));
        TaskSettings.Parse(settings);
        if (startTime is not null)
            throw ServiceException.Unsupported("CdcStartTime");
        if (stopPosition is not null)
            throw ServiceException.Unsupported("CdcStopPosition");
        CheckPosition(startPosition);
    }

    public static void CheckPosition(string? position)
    {
        if (position is not null && (position.Split(':') is not [{ Length: > 0 }, var offset] || !long.TryParse(offset, out _)))
            throw DmsErrors.Value($"The CdcStartPosition {position} is not of the form mysql-bin-changelog.000024:373.");
    }

    /// <summary>Whether a start of this type begins anew; otherwise it goes on where the last run ended.</summary>
    public static bool IsFresh(ReplicationTask task, string type) => type switch
    {
        "start-replication" when task.ReplicationTaskStartDate is null || task.MigrationType == "cdc" => true,
        "start-replication" => throw DmsErrors.Combination("Start Type : START_REPLICATION, valid only for tasks running for the first time"),
        "resume-processing" when task.ReplicationTaskStartDate is not null => false,
        "resume-processing" => throw DmsErrors.Combination("Start Type : RESUME_PROCESSING, valid only for tasks that have run before"),
        "reload-target" when task.MigrationType == "cdc" => throw DmsErrors.Combination("Start Type : RELOAD_TARGET, not valid for tasks of the migration type cdc"),
        "reload-target" => true,
        _ => throw DmsErrors.Value($"The start type {type} is not valid. Valid values: start-replication, resume-processing, reload-target."),
    };
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>What tasks and their tables look like from outside.</summary>
internal sealed class TaskDescriptions(DmsState state, Tasks tasks, TaskRunners runners, TimeProvider time)
{
    public DescribeReplicationTasksResponse Describe(Call call, DescribeReplicationTasksRequest request)
    {
        call.Authorize("dms:DescribeReplicationTasks", "*");
        var page = Filtering.Page(state.Tasks.In(call.Account, call.Region), request, (task, name) => name switch
        {
            "replication-task-arn" => task.ReplicationTaskArn,
            "replication-task-id" => task.ReplicationTaskIdentifier,
            "migration-type" => task.MigrationType,
            "endpoint-arn" => request.Filters!.SelectMany(filter => filter.Values).Contains(task.TargetEndpointArn) ? task.TargetEndpointArn : task.SourceEndpointArn,
            "replication-instance-arn" => task.ReplicationInstanceArn,
            _ => null,
        });
        return new([.. page.Items.Select(task => Complete(task, request.WithoutSettings == true))], page.Next);
    }

    public DescribeTableStatisticsResponse DescribeTables(Call call, DescribeTableStatisticsRequest request)
    {
        call.Authorize("dms:DescribeTableStatistics", request.ReplicationTaskArn);
        var task = tasks.Get(request.ReplicationTaskArn);
        var page = PageOfTables(task, request);
        return new(task.ReplicationTaskArn, page.Items, page.Next);
    }

    public Page<TableStatistics> PageOfTables(ReplicationTask task, DescribeRequest request)
    {
        var tables = runners.ProgressOf(task.ReplicationTaskArn).Tables.Values.OrderBy(table => table.Schema, StringComparer.Ordinal).ThenBy(table => table.Name, StringComparer.Ordinal);
        return Filtering.Page(tables.Select(table => Statistics(task, table)).ToList(), request, (table, name) => name switch
        {
            "schema-name" => table.SchemaName,
            "table-name" => table.TableName,
            "table-state" => table.TableState,
            _ => null,
        });
    }

    private TableStatistics Statistics(ReplicationTask task, TableProgress table)
    {
        var captured = table.Applied + runners.PendingOf(task.ReplicationTaskArn, table);
        return new()
        {
            SchemaName = table.Schema,
            TableName = table.Name,
            Inserts = captured.Inserts,
            Updates = captured.Updates,
            Deletes = captured.Deletes,
            Ddls = table.Ddls,
            AppliedInserts = table.Applied.Inserts,
            AppliedUpdates = table.Applied.Updates,
            AppliedDeletes = table.Applied.Deletes,
            AppliedDdls = table.Ddls,
            FullLoadRows = table.LoadedRows,
            FullLoadStartTime = table.LoadStarted,
            FullLoadEndTime = table.LoadEnded,
            FullLoadReloaded = table.Reloaded,
            LastUpdateTime = table.Updated,
            TableState = table.State,
        };
    }

    /// <summary>A task with how far it is.</summary>
    public ReplicationTask Complete(ReplicationTask task, bool withoutSettings)
    {
        if (withoutSettings)
            task = task with { ReplicationTaskSettings = null, TableMappings = null };
        if (task.ReplicationTaskStartDate is not { } started)
            return task;
        var progress = runners.ProgressOf(task.ReplicationTaskArn);
        var position = runners.Find(task.ReplicationTaskArn)?.Changes.Position ?? progress.Start;
        var tables = progress.Tables.Values.ToList();
        var loaded = tables.Count(table => table.State == TableStates.Completed);
        return task with
        {
            RecoveryCheckpoint = position is null ? null : $"{position.File}:{position.Position}",
            ReplicationTaskStats = new()
            {
                FullLoadProgressPercent = task.MigrationType == "cdc" ? 0 : progress.LoadDone ? 100 : tables.Count == 0 ? 0 : 100 * loaded / tables.Count,
                ElapsedTimeMillis = (long)((tables.Max(table => table.LoadEnded) ?? time.GetUtcNow()) - started).TotalMilliseconds,
                TablesLoaded = loaded,
                TablesLoading = tables.Count(table => table.State == TableStates.Loading),
                TablesQueued = tables.Count(table => table.State is "Before load" or TableStates.Reloading),
                TablesErrored = tables.Count(table => table.State == TableStates.Error),
                FreshStartDate = started,
                StartDate = started,
                StopDate = task.ReplicationTaskStats?.StopDate,
                FullLoadStartDate = tables.Min(table => table.LoadStarted),
                FullLoadFinishDate = progress.LoadDone ? tables.Max(table => table.LoadEnded) : null,
            },
        };
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>What a worker is told when it starts: the source, the rules, the format, and from where it goes on.</summary>
internal sealed class WorkerConfiguration(TaskServices services, TaskSettings settings, TargetStore target, Progress progress, string folder)
{
    /// <param name="captured">Up to where changes are in journals; null before there are any.</param>
    public async Task<JsonObject> OfAsync(ReplicationTask task, LogPosition? captured)
    {
        target.Check();
        var source = await services.Access.ResolveAsync(services.SourceOf(task), DmsState.KeyOf(task.ReplicationTaskArn));
        var captures = task.MigrationType != "full-load";
        return new()
        {
            ["mode"] = "run",
            ["source"] = source,
            ["rules"] = TableMappings.Parse(task.TableMappings!).DeepClone(),
            ["format"] = target.Format.ToWorker(),
            ["lobBytes"] = settings.LobMaxSize * 1024,
            ["ops"] = target.Format.Ops,
            ["handleTruncate"] = settings.HandleSourceTableTruncated,
            ["load"] = new JsonObject { ["folder"] = folder, ["parallel"] = settings.MaxFullLoadSubTasks, ["maxFileBytes"] = target.Format.MaxFileBytes },
            ["timeOffset"] = (services.Clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalMilliseconds,
            ["loadTime"] = target.Format.Settings.UseTaskStartTimeForFullLoadTimestamp == true
                ? task.ReplicationTaskStartDate?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) : null,
            ["serverId"] = ServerId(task.ReplicationTaskArn),
            ["loads"] = task.MigrationType != "cdc" && !progress.LoadDone,
            ["captures"] = captures,
            ["start"] = captures ? StartPosition(task, captured) : null,
            ["nextId"] = progress.NextDefinition,
            ["finished"] = new JsonArray([.. progress.Tables.Where(table => table.Value.Finished).Select(table => JsonValue.Create(table.Key))]),
            ["tables"] = new JsonArray([.. progress.Tables.Values.Select(Known).OfType<JsonNode>()]),
        };
    }

    private JsonObject? StartPosition(ReplicationTask task, LogPosition? captured)
    {
        var position = captured ?? progress.Start
            ?? (task.CdcStartPosition?.Split(':') is [var file, var offset] ? new LogPosition(file, long.Parse(offset, CultureInfo.InvariantCulture)) : null);
        return position is null ? null : new() { ["file"] = position.File, ["position"] = position.Position };
    }

    private JsonObject? Known(TableProgress table)
    {
        if (table.State == TableStates.Error)
            return new() { ["schema"] = table.Schema, ["name"] = table.Name, ["failed"] = true };
        if (table.Definition is not { } id || table.State == TableStates.Missing)
            return null;
        var known = (JsonObject)progress.Definitions[id].DeepClone();
        if (table.Snapshot is { } snapshot)
            known["snapshot"] = new JsonObject { ["file"] = snapshot.File, ["position"] = snapshot.Position };
        return known;
    }

    // The same in every run: the source drops a dump that an earlier worker of the task still has open.
    private static uint ServerId(string arn) => 0x4000_0000u + BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(arn))) % 0x4000_0000u;
}

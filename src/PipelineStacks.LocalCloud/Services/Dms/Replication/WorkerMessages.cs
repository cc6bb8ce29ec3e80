using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

internal sealed record WorkerFailure(string Message, bool Recoverable);

/// <summary>What the worker says, put into the task's progress.</summary>
internal sealed class WorkerMessages(
    TaskServices services, TargetStore target, Progress progress, TaskReports reports, TaskMetrics metrics, ChangeBuffer changes, TaskSettings settings)
{
    /// <summary>Whether the source answered and has tables to replicate.</summary>
    public bool Selected { get; private set; }

    public bool Done { get; private set; }

    public WorkerFailure? Failure { get; set; }

    /// <summary>What the last table has against it that was given up, or can't be followed well, while the others go on.</summary>
    public string? TableFailure { get; private set; }

    private DateTimeOffset Now => services.Clock.GetUtcNow();

    public void Begin() => (Selected, Done, Failure, TableFailure) = (false, false, null, null);

    public async Task HandleAsync(string line)
    {
        // By far the most, and nothing in them is of interest here.
        if (line.StartsWith("{\"changes\":", StringComparison.Ordinal))
        {
            await changes.AppendAsync(line);
            return;
        }

        var message = JsonNode.Parse(line)!.AsObject();
        var (kind, body) = message.First();
        switch (kind)
        {
            case "idle":
                metrics.Idle();
                changes.MoveTo(Position(body!));
                break;
            case "progress":
                Change(body!, table => table with { LoadedRows = (long)body!["rows"]! }, save: false);
                break;
            case "part":
                await OnPartAsync(body!);
                break;
            case "selected":
                OnSelected(body!.AsArray(), message["start"]);
                break;
            case "table":
                OnTable(body!.AsObject());
                break;
            case "loading":
                OnLoading(body!);
                break;
            case "loaded":
                OnLoaded(body!);
                break;
            case "loadDone":
                progress.LoadDone = true;
                progress.Save();
                reports.Log('I', "TASK_MANAGER", "All tables are loaded. The full load is complete.");
                break;
            case "capturing":
                changes.Begin(Position(body!));
                break;
            case "ddl":
                Change(body!, table => table with { Ddls = table.Ddls + 1, Updated = Now });
                break;
            case "dropped":
                Change(body!, table => table with { State = TableStates.Missing, Updated = Now });
                break;
            case "tableFailed":
                OnTableFailed(body!);
                break;
            case "log":
                reports.Log(body!["level"]!.ToString()[0], "SOURCE_CAPTURE", body["message"]!.ToString());
                break;
            case "failed":
                Failure = new(body!["message"]!.ToString(), (bool)body["recoverable"]!);
                break;
            case "done":
                Done = true;
                break;
            default:
                throw new InvalidOperationException($"The replication worker said {kind}, which is not known.");
        }
    }

    private void OnSelected(JsonArray tables, JsonNode? start)
    {
        Selected = true;
        progress.Start ??= start is null ? null : Position(start);
        foreach (var table in tables)
        {
            var (schema, name) = (table!["schema"]!.ToString(), table["name"]!.ToString());
            if ((bool)table["keyless"]!)
            {
                TableFailure = $"Table '{schema}'.'{name}' has no primary key or unique index: its updates and deletions are written, but nobody can tell " +
                    "which rows they were of, and changes of LOB columns are not captured. Add a primary key, and reload the table";
                reports.Log('W', "METADATA_MANAGE", TableFailure);
            }

            if (!progress.Tables.ContainsKey(Progress.KeyOf(schema, name)))
                progress.Change(schema, name, one => one with { Updated = Now });
        }

        progress.Save();
    }

    private void OnTable(JsonObject table)
    {
        var id = (int)table["id"]!;
        progress.Definitions[id] = (JsonObject)table.DeepClone();
        progress.NextDefinition = Math.Max(progress.NextDefinition, id + 1);
        Change(table, one => one with
        {
            Definition = id,
            State = one.State is "Before load" or TableStates.Missing ? TableStates.Completed : one.State,
        });
    }

    private void OnLoading(JsonNode body)
    {
        var before = progress.Tables[Progress.KeyOf(body["schema"]!.ToString(), body["name"]!.ToString())];
        // What an earlier attempt wrote goes in any case; what was there before goes unless the task is told to keep it.
        if (settings.TargetTablePrepMode != "DO_NOTHING")
            target.DeleteUnder(target.Format.FolderOf(progress.Definitions[(int)body["id"]!]));
        foreach (var key in before.LoadKeys)
            target.Delete(key);
        Change(body, table => table with
        {
            State = TableStates.Loading,
            Snapshot = body["snapshot"] is { } snapshot ? Position(snapshot) : null,
            LoadStarted = Now,
            LoadEnded = null,
            LoadedRows = 0,
            LoadKeys = [],
        });
    }

    private async Task OnPartAsync(JsonNode body)
    {
        var definition = progress.Definitions[(int)body["id"]!];
        var key = target.Format.FolderOf(definition) + target.Format.LoadName((int)body["number"]!);
        // Known before it is there: whoever loads the table again deletes it.
        Change(body, table => table with { LoadKeys = [.. table.LoadKeys, key] });
        metrics.Loaded((long)body["rows"]!, new FileInfo(body["file"]!.ToString()).Length);
        await target.PutAsync(body["file"]!.ToString(), key, definition, target.Format.OpInLoad);
    }

    private void OnLoaded(JsonNode body)
    {
        var rows = (long)body["rows"]!;
        Change(body, table => table with { State = TableStates.Completed, LoadedRows = rows, LoadEnded = Now, Updated = Now });
        reports.Log('I', "TASK_MANAGER", $"Load finished for table '{body["schema"]}'.'{body["name"]}'. {rows} rows received.");
    }

    private void OnTableFailed(JsonNode body)
    {
        var message = body["message"]!.ToString();
        Change(body, table => table with { State = TableStates.Error, Message = message, Updated = Now });
        TableFailure = $"Table '{body["schema"]}'.'{body["name"]}' was suspended: {message}";
        reports.Log('E', "TASK_MANAGER", TableFailure);
        if (settings.TableErrorPolicy == "STOP_TASK")
            Failure = new($"Table '{body["schema"]}'.'{body["name"]}' failed: {message}", false);
    }

    private void Change(JsonNode body, Func<TableProgress, TableProgress> change, bool save = true)
    {
        progress.Change(body["schema"]!.ToString(), body["name"]!.ToString(), change);
        if (save)
            progress.Save();
    }

    private static LogPosition Position(JsonNode node) => new(node["file"]!.ToString(), (long)node["position"]!);
}

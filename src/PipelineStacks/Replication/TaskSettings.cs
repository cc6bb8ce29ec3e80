using System.Text.Json;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Replication;

/// <summary>
/// The settings of a replication task, as the text that DMS takes. The log's group and stream are left out: DMS refuses those that it has chosen
/// itself.
/// </summary>
internal static class TaskSettings
{
    private static readonly string[] Logged = ["SOURCE_UNLOAD", "SOURCE_CAPTURE", "TARGET_LOAD", "TARGET_APPLY", "TASK_MANAGER"];

    public static string Of(ReplicationSettings settings) => JsonSerializer.Serialize(Sections(settings));

    private static Dictionary<string, object> Sections(ReplicationSettings settings) => new()
    {
        ["TargetMetadata"] = new Dictionary<string, object>
        {
            ["SupportLobs"] = true,
            ["LimitedSizeLobMode"] = true,
            ["LobMaxSize"] = settings.LargeObjectKilobytes,
        },
        ["FullLoadSettings"] = new Dictionary<string, object>
        {
            // A load that is repeated replaces the files of the last one.
            ["TargetTablePrepMode"] = "DROP_AND_CREATE",
            ["MaxFullLoadSubTasks"] = settings.ParallelTables,
        },
        ["Logging"] = new Dictionary<string, object>
        {
            ["EnableLogging"] = true,
            ["LogComponents"] = Logged.Select(component => new Dictionary<string, string>
            {
                ["Id"] = component,
                ["Severity"] = "LOGGER_SEVERITY_DEFAULT",
            }),
        },
        ["ErrorBehavior"] = new Dictionary<string, object>
        {
            // A task that finds none of its tables has been given the wrong database; DMS would go on with nothing.
            ["FailOnNoTablesCaptured"] = true,
        },
        ["ValidationSettings"] = new Dictionary<string, object> { ["EnableValidation"] = settings.Validation },
    };
}

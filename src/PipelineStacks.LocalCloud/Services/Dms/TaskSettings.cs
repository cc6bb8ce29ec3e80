using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>
/// A task's settings, as far as they have meaning here:
/// <see href="https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html"/>
/// </summary>
internal sealed record TaskSettings
{
    /// <summary>Sections that are accepted, kept and described as they are, and change nothing here, with why.</summary>
    public static readonly IReadOnlyDictionary<string, string> WithoutLocalEffect = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["ControlTablesSettings"] = "No control tables are written.",
        ["StreamBufferSettings"] = "Changes are kept on disk.",
        ["ChangeProcessingTuning"] = "Changes are applied in commit order, in files cut by the endpoint's settings.",
        ["PostProcessingRules"] = "There is no post-processing for S3.",
        ["CharacterSetSettings"] = "Text is UTF-8.",
        ["LoopbackPreventionSettings"] = "S3 is no source here.",
        ["BeforeImageSettings"] = "Refused unless null.",
        ["FailTaskWhenCleanTaskResourceFailed"] = "There is nothing to fail in cleaning up.",
        ["TTSettings"] = "Refused when enabled.",
        ["ValidationSettings"] = "Nothing is validated here, and the tables' ValidationState says so: Not enabled.",
    };

    private static readonly string[] Known =
        [.. WithoutLocalEffect.Keys, "TargetMetadata", "FullLoadSettings", "Logging", "ErrorBehavior", "ChangeProcessingDdlHandlingPolicy"];

    public string TargetTablePrepMode { get; private init; } = "DROP_AND_CREATE";

    public int MaxFullLoadSubTasks { get; private init; } = 8;

    /// <summary>In kilobytes; 0 for whole LOBs.</summary>
    public int LobMaxSize { get; private init; } = 32;

    public bool EnableLogging { get; private init; }

    public bool HandleSourceTableTruncated { get; private init; } = true;

    public int RecoverableErrorCount { get; private init; } = -1;

    public int RecoverableErrorInterval { get; private init; } = 5;

    public bool RecoverableErrorThrottling { get; private init; } = true;

    public int RecoverableErrorThrottlingMax { get; private init; } = 1800;

    public string TableErrorPolicy { get; private init; } = "SUSPEND_TABLE";

    public static TaskSettings Parse(string? text)
    {
        if (text is null)
            return new();
        JsonObject all;
        try
        {
            all = JsonNode.Parse(text) as JsonObject ?? throw Invalid("it is not an object");
        }
        catch (JsonException error)
        {
            throw Invalid(error.Message);
        }

        if (all.Select(member => member.Key).Except(Known).FirstOrDefault() is { } unknown)
            throw ServiceException.Unsupported($"The task setting {unknown}");
        try
        {
            Refuse(all);
            return Read(all);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw Invalid(error.Message);
        }
    }

    private static TaskSettings Read(JsonObject all)
    {
        var (metadata, load, errors) = (all["TargetMetadata"], all["FullLoadSettings"], all["ErrorBehavior"]);
        var defaults = new TaskSettings();
        var mode = (string?)load?[nameof(TargetTablePrepMode)] ?? defaults.TargetTablePrepMode;
        if (mode is not ("DO_NOTHING" or "DROP_AND_CREATE" or "TRUNCATE_BEFORE_LOAD"))
            throw Invalid($"TargetTablePrepMode {mode}");
        return new()
        {
            TargetTablePrepMode = mode,
            MaxFullLoadSubTasks = (int?)load?[nameof(MaxFullLoadSubTasks)] is { } tasks ? tasks is >= 1 and <= 49 ? tasks : throw Invalid($"MaxFullLoadSubTasks {tasks}") : 8,
            LobMaxSize = (bool?)metadata?["FullLobMode"] == true ? 0 : (int?)metadata?[nameof(LobMaxSize)] ?? defaults.LobMaxSize,
            EnableLogging = (bool?)all["Logging"]?[nameof(EnableLogging)] ?? false,
            HandleSourceTableTruncated = (bool?)all["ChangeProcessingDdlHandlingPolicy"]?[nameof(HandleSourceTableTruncated)] ?? true,
            RecoverableErrorCount = (int?)errors?[nameof(RecoverableErrorCount)] ?? defaults.RecoverableErrorCount,
            RecoverableErrorInterval = (int?)errors?[nameof(RecoverableErrorInterval)] ?? defaults.RecoverableErrorInterval,
            RecoverableErrorThrottling = (bool?)errors?[nameof(RecoverableErrorThrottling)] ?? true,
            RecoverableErrorThrottlingMax = (int?)errors?[nameof(RecoverableErrorThrottlingMax)] ?? defaults.RecoverableErrorThrottlingMax,
            TableErrorPolicy = (string?)errors?[nameof(TableErrorPolicy)] ?? defaults.TableErrorPolicy,
        };
    }

    private static void Refuse(JsonObject all)
    {
        if ((bool?)all["TTSettings"]?["EnableTT"] == true)
            throw ServiceException.Unsupported("The task setting TTSettings.EnableTT");
        if (all["BeforeImageSettings"] is not null)
            throw ServiceException.Unsupported("The task setting BeforeImageSettings");
        if ((bool?)all["FullLoadSettings"]?["StopTaskCachedChangesApplied"] == true || (bool?)all["FullLoadSettings"]?["StopTaskCachedChangesNotApplied"] == true)
            throw ServiceException.Unsupported("The task setting FullLoadSettings.StopTaskCachedChanges");
        if ((bool?)all["TargetMetadata"]?["SupportLobs"] == false)
            throw ServiceException.Unsupported("The task setting TargetMetadata.SupportLobs (false)");
        if ((bool?)all["TargetMetadata"]?["BatchApplyEnabled"] == true)
            throw ServiceException.Unsupported("The task setting TargetMetadata.BatchApplyEnabled, which may lose data on S3,");
        if (all["Logging"] is { } logging && (logging["CloudWatchLogGroup"] is not null || logging["CloudWatchLogStream"] is not null))
            throw DmsErrors.Value("Invalid task settings JSON: CloudWatchLogGroup and CloudWatchLogStream can't be modified by the user.");
    }

    private static ServiceException Invalid(string why) => DmsErrors.Value($"Invalid task settings JSON: {why}.");
}

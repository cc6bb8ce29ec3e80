using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>The arguments of <c>run_sql/1</c>.</summary>
/// <param name="Sql">The SQL files, one unit each, in their order.</param>
/// <param name="Databases">By zone: landing, clean, curated; those that were given.</param>
/// <param name="Bookmark">Glue's special parameter: <c>job-bookmark-enable</c>, <c>-disable</c> or <c>-pause</c>.</param>
internal sealed record RunArguments(
    IReadOnlyList<string> Sql, IReadOnlyDictionary<string, string> Databases, string? Quarantine, bool Rebuild, TimeSpan Retain,
    IReadOnlyList<string> Rulesets, string Bookmark)
{
    public const string BookmarkEnabled = "job-bookmark-enable";

    public static readonly IReadOnlyList<string> Zones = ["landing", "clean", "curated"];

    private static readonly HashSet<string> Own = new(["sql", "landing", "clean", "curated", "quarantine", "rebuild", "retain-hours", "rulesets"], StringComparer.Ordinal);

    // What Glue itself takes; a name that is neither is somebody's slip.
    private static readonly HashSet<string> Glue = new(
    [
        "job-bookmark-option", "job-bookmark-from", "job-bookmark-to", "job-language", "class", "scriptLocation", "TempDir", "JOB_NAME",
        "WORKFLOW_NAME", "WORKFLOW_RUN_ID", "conf", "extra-py-files", "extra-jars", "extra-files", "user-jars-first", "use-postgres-driver",
        "additional-python-modules", "python-modules-installer-option", "datalake-formats", "spark-event-logs-path", "executor-cores",
        "auto-scale-within-microbatch", "continuous-log-logGroup", "continuous-log-logStreamPrefix", "continuous-log-conversionPattern",
        "custom-logGroup-prefix", "custom-logStream-prefix",
    ], StringComparer.Ordinal);

    /// <param name="faults">Takes every fault.</param>
    public static RunArguments Parse(IReadOnlyDictionary<string, string> given, List<string> faults)
    {
        foreach (var name in given.Keys.Select(name => name.TrimStart('-')).Where(name => !Own.Contains(name) && !Glue.Contains(name) && !IsSwitch(name)))
            faults.Add($"--{name} is no argument of run_sql: it takes --{string.Join(", --", Own)}");
        var sql = List("sql");
        var rulesets = List("rulesets");
        if (sql.Count == 0 && rulesets.Count == 0)
            faults.Add("--sql and --rulesets are both missing: there is nothing to do");
        foreach (var file in sql.Where(file => Athena.Tables.S3Location.Parse(file) is not { Prefix.Length: > 0 }))
            faults.Add($"--sql names {file}, which is not s3://bucket/key");
        var quarantine = Text("quarantine");
        if (quarantine is not null && Athena.Tables.S3Location.Parse(quarantine) is null)
            faults.Add($"--quarantine is {quarantine}, which is not s3://bucket/prefix/");
        var rebuild = Text("rebuild") ?? "false";
        if (rebuild is not ("true" or "false"))
            faults.Add($"--rebuild must be true or false, and is {rebuild}");
        var hours = Text("retain-hours") ?? "24";
        if (!int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var retain))
            faults.Add($"--retain-hours must be a number of hours, and is {hours}");
        var bookmark = Text("job-bookmark-option") ?? "job-bookmark-disable";
        if (bookmark is not (BookmarkEnabled or "job-bookmark-disable" or "job-bookmark-pause"))
            faults.Add($"--job-bookmark-option must be {BookmarkEnabled}, job-bookmark-disable or job-bookmark-pause, and is {bookmark}");
        var databases = Zones.Select(zone => (zone, Text(zone))).Where(pair => pair.Item2 is not null).ToDictionary(pair => pair.zone, pair => pair.Item2!);
        return new(sql, databases, quarantine, rebuild == "true", TimeSpan.FromHours(retain), rulesets, bookmark);

        string? Text(string name) => given.TryGetValue("--" + name, out var value) && value.Trim().Length > 0 ? value.Trim() : null;

        IReadOnlyList<string> List(string name) => [.. (Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>A SQL file's name without its path, by which its errors are told.</summary>
    public static string NameOf(string uri) => uri[(uri.LastIndexOf('/') + 1)..];

    private static bool IsSwitch(string name) => name.StartsWith("enable-", StringComparison.Ordinal) || name.StartsWith("disable-", StringComparison.Ordinal);
}

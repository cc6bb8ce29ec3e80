using System.Globalization;
using PipelineStacks.Aws.CloudWatch;
using PipelineStacks.Cli.Output;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Alarms;

/// <summary>Alarms for people and programs.</summary>
internal static class AlarmTable
{
    private const string RunbookBegins = " Runbook: ";

    public static Rows Of(IEnumerable<AlarmDescription> alarms) => new(
        [new("alarm", "varchar"), new("state", "varchar"), new("since", "varchar"), new("runbook", "varchar")],
        [.. alarms.Select(alarm => new[] { alarm.Name, alarm.State, Time(alarm.Since), Runbook(alarm) })]);

    public static Rows Of(IEnumerable<AlarmEvent> history) => new(
        [new("time", "varchar"), new("what", "varchar"), new("summary", "varchar")],
        [.. history.Select(item => new[] { Time(item.At), item.Type, item.Summary })]);

    /// <summary>Those that need somebody first; within a state by name.</summary>
    public static IReadOnlyList<AlarmDescription> Sorted(IEnumerable<AlarmDescription> alarms) =>
        [.. alarms.OrderBy(alarm => alarm.State switch { "ALARM" => 0, "INSUFFICIENT_DATA" => 1, _ => 2 }).ThenBy(alarm => alarm.Name, StringComparer.Ordinal)];

    /// <summary>How many are in each state, in one sentence.</summary>
    public static string Count(Names names, IReadOnlyCollection<AlarmDescription> alarms) => alarms.Count == 0
        ? $"{names.Environment} has no alarms."
        : string.Create(CultureInfo.InvariantCulture,
            $"{alarms.Count} alarms of {names.Environment}: {string.Join(", ", alarms.GroupBy(alarm => alarm.State).OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => $"{state.Count()} {state.Key}"))}.");

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Runbook(AlarmDescription alarm) =>
        alarm.Description?.IndexOf(RunbookBegins, StringComparison.Ordinal) is { } at and >= 0 ? alarm.Description[(at + RunbookBegins.Length)..] : "";
}

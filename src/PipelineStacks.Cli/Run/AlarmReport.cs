using PipelineStacks.Aws.CloudWatch;
using PipelineStacks.Cli.Alarms;
using PipelineStacks.Cli.Output;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Run;

/// <summary>The alarms' states at the end of a run.</summary>
internal static class AlarmReport
{
    private const string Unknown = "INSUFFICIENT_DATA";

    // CloudWatch evaluates once a minute, a little after its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>Shows the states, once the alarms that a new environment has by design have seen its first data.</summary>
    /// <returns>The state of each alarm by its name.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> WriteAsync(CliContext context, CloudWatchClient cloudWatch, Names names, CancellationToken cancel)
    {
        var start = context.Time.GetTimestamp();
        var alarms = await cloudWatch.AlarmsAsync(names.AlarmPrefix, cancel);
        while (alarms.Any(IsWaiting) && context.Time.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Poll, context.Time, cancel);
            alarms = await cloudWatch.AlarmsAsync(names.AlarmPrefix, cancel);
        }

        AlarmTable.Of(AlarmTable.Sorted(alarms)).Write(context.Terminal, OutputFormat.Table);
        context.Terminal.Out.WriteLine(AlarmTable.Count(names, alarms));
        if (alarms.Any(alarm => alarm.State == Unknown))
            context.Terminal.Out.WriteLine($"{Unknown}: nothing was measured yet. Ask again in a minute: pipelines alarms --env {names.Environment} --state {Unknown}");
        return alarms.ToDictionary(alarm => alarm.Name, alarm => alarm.State, StringComparer.Ordinal);
    }

    private static bool IsWaiting(AlarmDescription alarm) =>
        alarm.State == Unknown || (alarm.State == "ALARM" && alarm.Name.EndsWith("-stale", StringComparison.Ordinal));
}

using PipelineStacks.Aws.CloudWatch;
using PipelineStacks.Cli.Alarms;
using PipelineStacks.Cli.Output;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Run;

/// <summary>The alarms' states at the end of a run.</summary>
internal static class AlarmReport
{
    // CloudWatch evaluates once a minute, a little after its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>Shows the states, once the alarms that a new environment has by design have seen its first data.</summary>
    public static async Task WriteAsync(CliContext context, CloudWatchClient cloudWatch, Names names, CancellationToken cancel)
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
        if (alarms.Any(alarm => alarm.State == "ALARM" && alarm.Name.EndsWith("-parse-error", StringComparison.Ordinal)))
            context.Terminal.Out.WriteLine("ALARM: some devices publish what isn't JSON, as devices do; it is in quarantine, and these alarms tell of it (docs/telemetry.md).");
        if (alarms.Any(alarm => alarm.State == "INSUFFICIENT_DATA"))
            context.Terminal.Out.WriteLine("INSUFFICIENT_DATA: the local cloud's database and replication instance are processes of this machine and emit nothing of a machine's own (docs/alarms.md).");
    }

    private static bool IsWaiting(AlarmDescription alarm) => alarm.State == "ALARM" && alarm.Name.EndsWith("-stale", StringComparison.Ordinal);
}

using System.Globalization;

namespace PipelineStacks.Cli.Verify;

/// <summary>Whether any of the environment's alarms sounds.</summary>
internal static class AlarmCheck
{
    // CloudWatch looks once a minute, and an alarm that waited for data is quiet after the first look at it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <param name="isPatient">Whether to wait for alarms to become quiet; where something else failed they have reason to sound.</param>
    public static async Task<StepResult> RunAsync(VerifyScope scope, bool isPatient, CancellationToken cancel)
    {
        for (var start = scope.Context.Time.GetTimestamp(); ;)
        {
            var alarms = await scope.Aws.CloudWatch.AlarmsAsync(scope.Names.AlarmPrefix, cancel);
            var sounding = alarms.Where(alarm => alarm.State == "ALARM").ToList();
            if (alarms.Count == 0)
                return StepResult.Skipped($"{scope.Names.Environment} has no alarms");
            if (sounding.Count == 0)
                return StepResult.Passed("0 in ALARM", "0 in ALARM");
            if (!isPatient || scope.Deadline.HasPassed || scope.Context.Time.GetElapsedTime(start) > Patience)
            {
                return StepResult.Failed(
                    "0 in ALARM",
                    string.Create(CultureInfo.InvariantCulture, $"{sounding.Count} in ALARM"),
                    string.Join("; ", sounding.Select(alarm => $"alarm {alarm.Name}: {alarm.Reason ?? "CloudWatch gives no reason"}")));
            }

            await Task.Delay(Poll, scope.Context.Time, cancel);
        }
    }
}

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>What an evaluation makes of a period: its value breaches the threshold, does not, or there is none.</summary>
internal enum Slot
{
    Missing,
    Within,
    Breaching,
}

/// <summary>
/// Decides an alarm's state from the periods of its evaluation range, as CloudWatch documents it under "Configuring how CloudWatch alarms treat
/// missing data": real values count first, missing ones are filled in only as far as there are fewer real ones than evaluation periods.
/// </summary>
internal static class AlarmVerdict
{
    public const string Ok = "OK";
    public const string Alarm = "ALARM";
    public const string InsufficientData = "INSUFFICIENT_DATA";

    // CloudWatch asks for more periods than it evaluates: five where three are to be evaluated.
    private const int Beyond = 2;

    public static int RangeOf(int evaluationPeriods) => evaluationPeriods + Beyond;

    /// <param name="slots">The evaluation range, oldest first.</param>
    /// <param name="periods">N: how many periods are evaluated.</param>
    /// <param name="toAlarm">M: how many of them must breach.</param>
    /// <param name="missing"><c>missing</c>, <c>ignore</c>, <c>breaching</c> or <c>notBreaching</c>.</param>
    /// <param name="present">The state that the alarm is in.</param>
    public static string Decide(IReadOnlyList<Slot> slots, int periods, int toAlarm, string missing, string present)
    {
        // Without a gap the newest N, with gaps the newest N that are real: the same list either way.
        var real = slots.Where(slot => slot != Slot.Missing).TakeLast(periods).ToList();
        var breaching = real.Count(slot => slot == Slot.Breaching);
        if (breaching >= toAlarm)
            return Alarm;
        if (real.Count == periods)
            return Ok;
        return missing switch
        {
            "breaching" => breaching + periods - real.Count >= toAlarm ? Alarm : Ok,
            "notBreaching" => Ok,
            // A value within the threshold decides; where all that is known breaches, too little is known.
            "ignore" => breaching < real.Count ? Ok : present,
            _ => Missing(slots, real, toAlarm, present),
        };
    }

    private static string Missing(IReadOnlyList<Slot> slots, List<Slot> real, int toAlarm, string present)
    {
        if (real.Count == 0)
            return InsufficientData;
        if (real.Contains(Slot.Within))
            return Ok;
        // All that is known breaches. If the oldest of it is M periods old, nothing better came since; if younger, that would be premature.
        var age = slots.Count - slots.Index().First(slot => slot.Item == Slot.Breaching).Index;
        return age >= toAlarm ? Alarm : present;
    }
}

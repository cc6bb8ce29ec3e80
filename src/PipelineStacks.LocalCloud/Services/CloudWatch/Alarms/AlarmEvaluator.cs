using System.Globalization;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>What an evaluation found.</summary>
/// <param name="Data">The values behind it, as CloudWatch keeps them beside the reason.</param>
internal sealed record Evaluation(string State, string Reason, JsonObject Data);

/// <summary>Reads an alarm's metric over its evaluation range and decides its state.</summary>
internal sealed class AlarmEvaluator(MetricReader reader)
{
    /// <param name="end">The end of the newest period: a full minute.</param>
    /// <returns>Null where the alarm stays in its state.</returns>
    public Evaluation? Evaluate(ResourceKey key, MetricAlarm alarm, DateTimeOffset end)
    {
        var (periods, seconds) = (alarm.EvaluationPeriods!.Value, AlarmRules.PeriodOf(alarm));
        var toAlarm = alarm.DatapointsToAlarm ?? periods;
        var values = Values(key, alarm, end, AlarmVerdict.RangeOf(periods), seconds);
        var slots = values.Select(value => value is null ? Slot.Missing : Breaches(alarm, value.Value) ? Slot.Breaching : Slot.Within).ToList();
        var state = AlarmVerdict.Decide(slots, periods, toAlarm, alarm.TreatMissingData ?? "missing", alarm.StateValue);
        return state == alarm.StateValue ? null : new(state, Reason(alarm, state, values, end, periods, toAlarm, seconds), Data(alarm, values, end, seconds));
    }

    private double?[] Values(ResourceKey key, MetricAlarm alarm, DateTimeOffset end, int count, int seconds)
    {
        var queries = alarm.Metrics is { Count: > 0 } metrics ? metrics : [Query(alarm)];
        var result = queries.Single(query => query.ReturnData != false);
        var series = new SlidingWindows(reader, key.Account, key.Region, end, count, seconds).Of(queries)[result.Id];
        return [.. Enumerable.Range(0, count).Select(i => series.TryGetValue(i, out var value) ? value : (double?)null)];
    }

    private static MetricDataQuery Query(MetricAlarm alarm) => new()
    {
        Id = "m1",
        MetricStat = new()
        {
            Metric = new() { Namespace = alarm.Namespace!, MetricName = alarm.MetricName!, Dimensions = alarm.Dimensions },
            Period = alarm.Period!.Value,
            Stat = alarm.Statistic!,
            Unit = alarm.Unit,
        },
    };

    private static bool Breaches(MetricAlarm alarm, double value) => alarm.ComparisonOperator switch
    {
        "GreaterThanThreshold" => value > alarm.Threshold,
        "GreaterThanOrEqualToThreshold" => value >= alarm.Threshold,
        "LessThanThreshold" => value < alarm.Threshold,
        _ => value <= alarm.Threshold,
    };

    // In CloudWatch's words, since people search for them.
    private static string Reason(MetricAlarm alarm, string state, double?[] values, DateTimeOffset end, int periods, int toAlarm, int seconds)
    {
        var real = values.Index().Where(value => value.Item is not null).TakeLast(periods).ToList();
        if (state == AlarmVerdict.InsufficientData)
            return "Insufficient Data: " + (real.Count == 0 ? $"{periods} datapoints were unknown." : "too few datapoints.");
        if (real.Count == 0)
            return $"Threshold Crossed: no datapoints were received for {periods} period{(periods == 1 ? "" : "s")} and {periods} missing datapoint{(periods == 1 ? " was" : "s were")} treated as [{(state == AlarmVerdict.Alarm ? "Breaching" : "NonBreaching")}].";
        var told = state == AlarmVerdict.Alarm ? real.Where(value => Breaches(alarm, value.Item!.Value)).ToList() : [.. real.Where(value => !Breaches(alarm, value.Item!.Value))];
        var list = string.Join(", ", told.AsEnumerable().Reverse().Select(value =>
            string.Create(CultureInfo.InvariantCulture, $"{value.Item} ({StartOf(value.Index, values.Length, end, seconds):dd/MM/yy HH:mm:ss})")));
        var crossing = alarm.ComparisonOperator switch
        {
            "GreaterThanThreshold" => "greater than",
            "GreaterThanOrEqualToThreshold" => "greater than or equal to",
            "LessThanThreshold" => "less than",
            _ => "less than or equal to",
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"Threshold Crossed: {told.Count} out of the last {periods} datapoints [{list}] {(told.Count == 1 ? "was" : "were")} {(state == AlarmVerdict.Alarm ? "" : "not ")}{crossing} the threshold ({alarm.Threshold:0.0###########}) (minimum {(state == AlarmVerdict.Alarm ? toAlarm : periods - toAlarm + 1)} datapoint{((state == AlarmVerdict.Alarm ? toAlarm : periods - toAlarm + 1) == 1 ? "" : "s")} for {(state == AlarmVerdict.Alarm ? "OK -> ALARM" : "ALARM -> OK")} transition).");
    }

    private static JsonObject Data(MetricAlarm alarm, double?[] values, DateTimeOffset end, int seconds) => new()
    {
        ["version"] = "1.0",
        ["queryDate"] = Time(end),
        ["startDate"] = Time(StartOf(0, values.Length, end, seconds)),
        ["statistic"] = alarm.Statistic,
        ["period"] = seconds,
        ["recentDatapoints"] = new JsonArray([.. values.OfType<double>().Select(value => JsonValue.Create(value))]),
        ["threshold"] = alarm.Threshold,
    };

    private static DateTimeOffset StartOf(int slot, int count, DateTimeOffset end, int seconds) => end - TimeSpan.FromSeconds((double)(count - slot) * seconds);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
}

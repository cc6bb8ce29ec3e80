using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>What is told of a change of state: the mail, the event and the line in the history.</summary>
internal sealed record AlarmMessage(ResourceKey Key, IAlarm Before, IAlarm After)
{
    private static readonly Dictionary<string, string> Regions = new(StringComparer.Ordinal)
    {
        ["eu-central-1"] = "EU (Frankfurt)",
        ["eu-west-1"] = "EU (Ireland)",
        ["eu-west-2"] = "EU (London)",
        ["us-east-1"] = "US East (N. Virginia)",
        ["us-east-2"] = "US East (Ohio)",
        ["us-west-2"] = "US West (Oregon)",
    };

    public string Subject => $"{After.StateValue}: \"{Key.Name}\" in {Region}";

    /// <summary>The actions of the new state, none while they are disabled.</summary>
    public IReadOnlyList<string> Actions => !After.ActionsEnabled ? [] : After.StateValue switch
    {
        AlarmVerdict.Alarm => After.AlarmActions,
        AlarmVerdict.Ok => After.OKActions,
        _ => After.InsufficientDataActions,
    };

    private string Region => Regions.GetValueOrDefault(Key.Region, Key.Region);

    public JsonObject Notification()
    {
        var message = new JsonObject
        {
            ["AlarmName"] = Key.Name,
            ["AlarmDescription"] = After.AlarmDescription,
            ["AWSAccountId"] = Key.Account,
            ["AlarmConfigurationUpdatedTimestamp"] = Time(After.AlarmConfigurationUpdatedTimestamp),
            ["NewStateValue"] = After.StateValue,
            ["NewStateReason"] = After.StateReason,
            ["StateChangeTime"] = Time(After.StateUpdatedTimestamp),
            [nameof(Region)] = Region,
            ["AlarmArn"] = After.AlarmArn,
            ["OldStateValue"] = Before.StateValue,
        };
        if (After is MetricAlarm metric)
            message["Trigger"] = Trigger(metric);
        else
            message["AlarmRule"] = ((CompositeAlarm)After).AlarmRule;
        return message;
    }

    public JsonObject Event() => new()
    {
        ["alarmName"] = Key.Name,
        ["state"] = State(After),
        ["previousState"] = State(Before),
        ["configuration"] = After is MetricAlarm metric
            ? new JsonObject { ["description"] = metric.AlarmDescription, ["metrics"] = Metrics(metric) }
            : new JsonObject { ["description"] = After.AlarmDescription, ["alarmRule"] = ((CompositeAlarm)After).AlarmRule },
    };

    public JsonObject History() => new() { ["version"] = "1.0", ["oldState"] = State(Before), ["newState"] = State(After) };

    private static JsonObject State(IAlarm alarm) => new()
    {
        ["value"] = alarm.StateValue,
        ["reason"] = alarm.StateReason,
        ["reasonData"] = alarm.StateReasonData,
        ["timestamp"] = Time(alarm.StateUpdatedTimestamp),
    };

    private static JsonObject Trigger(MetricAlarm alarm)
    {
        var trigger = new JsonObject
        {
            ["Period"] = AlarmRules.PeriodOf(alarm),
            ["EvaluationPeriods"] = alarm.EvaluationPeriods,
            ["DatapointsToAlarm"] = alarm.DatapointsToAlarm,
            ["ComparisonOperator"] = alarm.ComparisonOperator,
            ["Threshold"] = alarm.Threshold,
            ["TreatMissingData"] = alarm.TreatMissingData ?? "missing",
        };
        if (alarm.Metrics is { Count: > 0 })
        {
            trigger["Metrics"] = Metrics(alarm);
            return trigger;
        }

        trigger["MetricName"] = alarm.MetricName;
        trigger["Namespace"] = alarm.Namespace;
        trigger["StatisticType"] = "Statistic";
        trigger["Statistic"] = alarm.Statistic!.ToUpperInvariant();
        trigger["Unit"] = alarm.Unit;
        trigger["Dimensions"] = new JsonArray([.. alarm.Dimensions.Select(dimension => new JsonObject { ["value"] = dimension.Value, ["name"] = dimension.Name })]);
        return trigger;
    }

    private static JsonArray Metrics(MetricAlarm alarm) => alarm.Metrics is { Count: > 0 } metrics
        ? JsonSerializer.SerializeToNode(metrics, Wire.Pascal)!.AsArray()
        : [new JsonObject
        {
            ["id"] = "m1",
            ["metricStat"] = new JsonObject
            {
                ["metric"] = new JsonObject
                {
                    ["namespace"] = alarm.Namespace,
                    ["name"] = alarm.MetricName,
                    ["dimensions"] = new JsonObject(alarm.Dimensions.Select(dimension => KeyValuePair.Create(dimension.Name, (JsonNode?)dimension.Value))),
                },
                ["period"] = alarm.Period,
                ["stat"] = alarm.Statistic,
            },
            ["returnData"] = true,
        }];

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
}

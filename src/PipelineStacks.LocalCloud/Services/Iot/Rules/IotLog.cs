using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Actions;
using PipelineStacks.LocalCloud.Services.Logs;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Iot.Rules;

/// <summary>The log group AWSIotLogsV2, as far as AWS::IoT::Logging asks for it: <see href="https://docs.aws.amazon.com/iot/latest/developerguide/cwl-format.html"/>.</summary>
internal sealed class IotLog(IotState state, Callers callers, LogGroups groups, LogStreams streams, LogsState logs, ILogSink sink, TimeProvider time)
{
    private const string Group = "AWSIotLogsV2";

    // Each takes what those before it take.
    private static readonly string[] Levels = ["DISABLED", "ERROR", "WARN", "INFO", "DEBUG"];

    public static bool IsLevel(string level) => Levels.Contains(level);

    public void Matched(Home home, string rule, InboundMessage message)
    {
        if (Takes(home, "INFO") is { } logging)
            Write(home, logging, "INFO", "Success", "RuleMatch", message, rule, null, null, null);
    }

    public void Failed(Home home, string rule, ActionItem item)
    {
        if (Takes(home, "ERROR") is not { } logging)
            return;
        foreach (var failure in item.Failures)
            Write(home, logging, "ERROR", "Failure", "RuleExecution", item.Message, rule, failure.FailedAction, failure.FailedResource, failure.ErrorMessage);
    }

    public void Broker(Home home, string eventType, string status, string? clientId, string? topic, string? principal, string? details)
    {
        var level = status == "Success" ? "INFO" : "ERROR";
        if (Takes(home, level) is { } logging)
            Write(home, logging, level, status, eventType, new InboundMessage(topic ?? "", default) { ClientId = clientId, Principal = principal }, null, null, null, details);
    }

    private LoggingState? Takes(Home home, string level) =>
        state.Logging.TryGet(new(home.Account, home.Region, "logging"), out var logging) && !logging.DisableAllLogs
        && Array.IndexOf(Levels, level) <= Array.IndexOf(Levels, logging.DefaultLogLevel) ? logging : null;

    private void Write(
        Home home, LoggingState logging, string level, string status, string eventType, InboundMessage message, string? rule, string? action, string? resource, string? details)
    {
        var now = time.GetUtcNow();
        var stream = $"{now:yyyy-MM-dd}_{home.Account}_0";
        Ensure(home, logging, stream);
        var line = JsonSerializer.Serialize(new Line(
            now.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture), level, message.TraceId, home.Account, status, eventType,
            message.ClientId is null ? "HTTP" : "MQTT", message.Topic.Length == 0 ? null : message.Topic, message.ClientId, message.Principal, rule, action, resource, details), Wire.Camel);
        sink.Write(home.Account, home.Region, Group, stream, now, line);
    }

    // The logging role makes what is missing.
    private void Ensure(Home home, LoggingState logging, string stream)
    {
        var key = new ResourceKey(home.Account, home.Region, Group);
        if (logs.Streams.TryGet(LogsState.Child(key, stream), out _))
            return;
        var call = callers.ForRole(logging.RoleArn!, home.Region, "iot-logging");
        if (!logs.Groups.TryGet(key, out _))
            groups.Create(call, new() { LogGroupName = Group });
        streams.Create(call, new() { LogGroupName = Group, LogStreamName = stream });
    }

    private sealed record Line(
        string Timestamp, string LogLevel, string TraceId, string AccountId, string Status, string EventType, string Protocol, string? TopicName,
        string? ClientId, string? PrincipalId, string? RuleName, string? RuleAction, string? Resource, string? Details);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.Logs;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>A log group: each event is a line in a stream of its own, unless a transformer says timestamp and message.</summary>
internal sealed class LogGroupTarget(LogStreams streams, LogWriter writer) : TargetKind("logs", "log-group:")
{
    public override ValueTask SendAsync(Call call, Target target, Event published, string input)
    {
        var group = LogNames.GroupOf(target.Arn);
        var (timestamp, message) = target.InputTransformer is null ? (published.Time.ToUnixTimeMilliseconds(), input) : Transformed(input);
        streams.Create(call, new() { LogGroupName = group, LogStreamName = published.Id + "-" + target.Id });
        writer.Put(call, new()
        {
            LogGroupName = group,
            LogStreamName = published.Id + "-" + target.Id,
            LogEvents = [new() { Timestamp = timestamp, Message = message }],
        });
        return ValueTask.CompletedTask;
    }

    private static (long Timestamp, string Message) Transformed(string input)
    {
        try
        {
            if (JsonNode.Parse(input) is JsonObject fields && fields["timestamp"] is JsonValue time && time.TryGetValue<long>(out var timestamp)
                && fields["message"] is { } message)
                return (timestamp, message.GetValueKind() == JsonValueKind.String ? message.GetValue<string>() : message.ToJsonString());
        }
        catch (JsonException)
        {
            // Told below, like an object of another shape.
        }

        throw new ServiceException("InvalidInput", "What the transformer makes for a log group must be {\"timestamp\": <milliseconds>, \"message\": …}.");
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.EventBridge.Rules;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>What a target is sent: the event, a part of it, a constant, or a text made from it.</summary>
internal static class TargetInput
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ServiceException">The event has nothing at the target's path.</exception>
    public static string Of(RuleState rule, Target target, Event published)
    {
        if (target.Input is { } constant)
            return constant;
        var envelope = published.ToJson();
        if (target.InputTransformer is { } transformer)
            return InputTemplate.Render(transformer.InputTemplate, Values(rule, transformer, published, envelope));
        if (target.InputPath is null)
            return envelope.ToJsonString(Relaxed);
        return EventPath.Select(envelope, target.InputPath)?.ToJsonString(Relaxed)
            ?? throw new ServiceException("InvalidInput", $"The event {published.Id} has nothing at {target.InputPath}, the InputPath of the target {target.Id}.");
    }

    private static Dictionary<string, JsonNode?> Values(RuleState rule, InputTransformer transformer, Event published, JsonObject envelope)
    {
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["aws.events.rule-arn"] = rule.Arn,
            ["aws.events.rule-name"] = rule.Name,
            ["aws.events.event.ingestion-time"] = published.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            // This one lacks the detail; the other is the whole event.
            ["aws.events.event"] = WithoutDetail(envelope),
            ["aws.events.event.json"] = envelope,
        };
        foreach (var (name, path) in transformer.InputPathsMap ?? new Dictionary<string, string>())
            values[name] = EventPath.Select(envelope, path);
        return values;
    }

    private static JsonObject WithoutDetail(JsonObject envelope)
    {
        var copy = envelope.DeepClone().AsObject();
        copy.Remove("detail");
        return copy;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.Cli.Devices;
using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replays;

/// <summary>Does for a message what its topic rule failed to do: the topic says whose it is, and now is when it arrives.</summary>
internal sealed class MessageShape(TopicSource source, TimeProvider time)
{
    private readonly Query _rule = RuleTest.Parse(source.DeliverySql);

    /// <summary>Adds what the rule makes of the message and the message doesn't have.</summary>
    /// <returns>Why the rule makes nothing of it; null if it does.</returns>
    public string? Complete(JsonObject record, string topic)
    {
        var evaluation = _rule.Evaluate(new MqttMessage(topic, JsonSerializer.SerializeToUtf8Bytes(record)) { Time = time.GetUtcNow() });
        if (!evaluation.Matched)
            return "the topic rule passes over it";
        foreach (var (key, value) in JsonNode.Parse(evaluation.Bytes())!.AsObject().Where(member => !record.ContainsKey(member.Key)))
            record[key] = value?.DeepClone();
        return null;
    }
}

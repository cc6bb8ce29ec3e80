using System.Text;
using PipelineStacks.IotSql.Syntax;

namespace PipelineStacks.IotSql.Tests;

/// <summary>A statement's output for a payload, as text: JSON, nothing for Undefined, or why there is none.</summary>
internal static class Evaluated
{
    public static MqttMessage Message(string payload, string topic = "things/myThings/thingOne") => new(topic, Encoding.UTF8.GetBytes(payload))
    {
        Time = DateTimeOffset.FromUnixTimeMilliseconds(1481825251155),
        AccountId = "123456789012",
        ClientId = "device-1",
        Principal = "ba67293af50bf2506f5f93469686da660c7c844e7b3950bfb16813e0d31e9373",
        TraceId = "12345678-1234-1234-1234-123456789012",
        SourceIp = "192.158.1.38",
        Properties = new Dictionary<string, string> { ["content_type"] = "application/json" },
        UserProperties = [new("region", "eu"), new("region", "us")],
    };

    public static string Statement(string sql, string payload, string topic = "topic/subtopic")
    {
        var evaluation = Query.Parse(sql).Evaluate(Message(payload, topic));
        return evaluation.Problem ?? (evaluation.Matched ? Encoding.UTF8.GetString(evaluation.Bytes()) : "(no action)");
    }
}

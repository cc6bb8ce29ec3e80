using System.Text;
using PipelineStacks.IotSql.Syntax;

namespace PipelineStacks.LocalCloud.Services.Iot;

/// <summary>IoT Core's limits of topics: <see href="https://docs.aws.amazon.com/general/latest/gr/iot-core.html"/>. The broker checks those of devices itself.</summary>
internal static class TopicNames
{
    public const int MaxPayload = 128 * 1024;

    /// <summary>What is wrong with a topic to publish on; null if nothing is.</summary>
    public static string? Problem(string topic)
    {
        if (topic.Length == 0)
            return "The topic is empty.";
        if (topic.AsSpan().IndexOfAny('+', '#') >= 0)
            return $"The topic {topic} has a wildcard: messages are published on one topic.";
        if (topic.StartsWith('$') && !IsBasicIngest(topic))
            return $"The topic {topic} is reserved: beginning with $ there is only $aws/rules/<rule>/…";
        if (Encoding.UTF8.GetByteCount(topic) > TopicFilter.MaxBytes)
            return $"The topic is longer than {TopicFilter.MaxBytes} bytes.";
        return topic.Count(character => character == '/') - (IsBasicIngest(topic) ? 3 : 0) > TopicFilter.MaxSlashes
            ? $"The topic {topic} has more than {TopicFilter.MaxSlashes} slashes."
            : null;
    }

    public static bool IsBasicIngest(string topic) => topic.StartsWith("$aws/rules/", StringComparison.Ordinal);
}

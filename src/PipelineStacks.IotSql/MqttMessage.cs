using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql;

/// <summary>A message as the rules engine sees it. Several rules may share one: its payload is parsed once.</summary>
public sealed class MqttMessage(string topic, ReadOnlyMemory<byte> payload)
{
    private SqlValue? _content;

    /// <summary>The topic, without the prefix of basic ingest.</summary>
    public string Topic { get; } = topic;

    /// <summary>The bytes that were published.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>When the rules engine saw the message.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The account that owns the rule.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The MQTT client's id; null if the message came over HTTPS.</summary>
    public string? ClientId { get; init; }

    /// <summary>A certificate's fingerprint, or the user or role; null if nobody had to say who they are.</summary>
    public string? Principal { get; init; }

    /// <summary>The message's trace id; null if it has none.</summary>
    public string? TraceId { get; init; }

    /// <summary>The address that published.</summary>
    public string? SourceIp { get; init; }

    /// <summary>MQTT 5's properties by the names that get_mqtt_property takes, such as <c>content_type</c>.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>MQTT 5's user properties in order; a name may occur more than once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>Whether the payload is JSON. An empty payload is not.</summary>
    public bool IsJson => Content is not BytesValue;

    internal SqlValue Content => _content ??= Json.Parse(Payload.Span) ?? new BytesValue(Payload);
}

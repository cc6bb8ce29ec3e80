namespace PipelineStacks.LocalCloud.Services.Iot.Rules;

/// <summary>A message that was published, as it came in.</summary>
internal sealed record InboundMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Null if it came over HTTPS or from a rule.</summary>
    public string? ClientId { get; init; }

    public string? Principal { get; init; }

    public string? SourceIp { get; init; }

    /// <summary>Where it belongs; null for a device without a certificate, whose messages all rules see.</summary>
    public Home? Home { get; init; }

    /// <summary>How many rules have republished it.</summary>
    public int Hops { get; init; }

    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? UserProperties { get; init; }

    public string TraceId { get; } = Guid.NewGuid().ToString();
}

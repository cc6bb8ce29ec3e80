using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Iot;

/// <param name="Tags">As the header of CreateTopicRule writes them: <c>key=value&amp;…</c>.</param>
internal sealed record TopicRuleState(string RuleArn, TopicRule Rule, string? Tags);

internal sealed record ThingState(
    string ThingName, string ThingArn, string ThingId, string? ThingTypeName, IReadOnlyDictionary<string, string> Attributes, long Version);

internal sealed record ThingTypeState(
    string ThingTypeName, string ThingTypeArn, string ThingTypeId, ThingTypeProperties Properties, DateTimeOffset Created, DateTimeOffset? Deprecated);

internal sealed record PolicyState(string PolicyName, string PolicyArn, string PolicyDocument, DateTimeOffset Created, DateTimeOffset Modified, int Version);

/// <param name="CertificateId">The SHA-256 of the certificate, by which a device's connection is recognised.</param>
internal sealed record CertificateState(string CertificateId, string CertificateArn, string CertificatePem, string Status, DateTimeOffset Created);

internal sealed record PolicyAttachment(string PolicyName, string Target);

internal sealed record ThingPrincipal(string ThingName, string Principal);

internal sealed record LoggingState(string? RoleArn, string DefaultLogLevel, bool DisableAllLogs);

/// <summary>A message that the broker hands to everybody who subscribes to its topic later.</summary>
internal sealed record RetainedMessage(string Topic, byte[] Payload, int Qos, DateTimeOffset LastModified);

/// <summary>IoT Core's resources, by account and Region.</summary>
internal sealed class IotState(StateStore store)
{
    public StateCollection<TopicRuleState> Rules { get; } = store.Open<TopicRuleState>("iot", "rules");

    public StateCollection<ThingState> Things { get; } = store.Open<ThingState>("iot", "things");

    public StateCollection<ThingTypeState> ThingTypes { get; } = store.Open<ThingTypeState>("iot", "thing-types");

    public StateCollection<PolicyState> Policies { get; } = store.Open<PolicyState>("iot", "policies");

    public StateCollection<CertificateState> Certificates { get; } = store.Open<CertificateState>("iot", "certificates");

    public StateCollection<PolicyAttachment> PolicyAttachments { get; } = store.Open<PolicyAttachment>("iot", "policy-attachments");

    public StateCollection<ThingPrincipal> ThingPrincipals { get; } = store.Open<ThingPrincipal>("iot", "thing-principals");

    public StateCollection<LoggingState> Logging { get; } = store.Open<LoggingState>("iot", "logging");

    public StateCollection<RetainedMessage> Retained { get; } = store.Open<RetainedMessage>("iot", "retained");

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);
}

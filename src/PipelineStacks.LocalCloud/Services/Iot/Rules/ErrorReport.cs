using System.Text.Json;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Actions;

namespace PipelineStacks.LocalCloud.Services.Iot.Rules;

/// <summary>What an error action gets, one per rule and message: <see href="https://docs.aws.amazon.com/iot/latest/developerguide/rule-error-handling.html"/>.</summary>
internal static class ErrorReport
{
    public static byte[] Of(string rule, ActionItem item) => JsonSerializer.SerializeToUtf8Bytes(new Message(
        rule, item.Message.Topic, item.Message.TraceId, item.Message.ClientId ?? "N/A", item.Message.Payload.ToArray(), item.Failures), Wire.Camel);

    private sealed record Message(
        string RuleName, string Topic, string CloudwatchTraceId, string ClientId, byte[] Base64OriginalPayload, IReadOnlyList<ActionFailure> Failures);
}

using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

/// <summary>An account's default event bus, where services announce what happened.</summary>
internal interface IEventBus
{
    /// <param name="source">As the service names itself: <c>aws.s3</c>.</param>
    /// <param name="detailType">As the service names the event: <c>Object Created</c>.</param>
    void Publish(string account, string region, string source, string detailType, IReadOnlyList<string> resources, JsonObject detail);
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.EventBridge;

namespace PipelineStacks.LocalCloud.Tests.S3;

internal sealed record RecordedEvent(string Account, string Region, string Source, string DetailType, IReadOnlyList<string> Resources,
    JsonObject Detail);

/// <summary>An event bus that remembers what was announced on it.</summary>
internal sealed class RecordedEvents : IEventBus
{
    private readonly ConcurrentQueue<RecordedEvent> _events = new();

    public void Publish(string account, string region, string source, string detailType, IReadOnlyList<string> resources,
        JsonObject detail) =>
        _events.Enqueue(new(account, region, source, detailType, resources, detail));

    public IReadOnlyList<RecordedEvent> Of(string bucket) =>
        [.. _events.Where(one => (string?)one.Detail["bucket"]!["name"] == bucket)];
}

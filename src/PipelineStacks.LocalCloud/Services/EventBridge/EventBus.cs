using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Services.EventBridge;

/// <summary>Every account's default bus in every Region: notes each event in the journal and hands it to the subscribers.</summary>
internal sealed class EventBus(CloudClock clock, EventJournal journal, IServiceProvider services) : IEventBus
{
    // Subscribers publish events themselves, so they can't be asked for before the bus is there.
    private readonly Lazy<IReadOnlyList<IEventSubscriber>> _subscribers = new(() => [.. services.GetServices<IEventSubscriber>()]);

    public void Publish(string account, string region, string source, string detailType, IReadOnlyList<string> resources, JsonObject detail) =>
        Publish(new(Guid.NewGuid().ToString(), detailType, source, account, clock.GetUtcNow(), region, resources, detail));

    public void Publish(Event published)
    {
        journal.Append(published.ToJson());
        foreach (var subscriber in _subscribers.Value)
            clock.After(TimeSpan.Zero, $"delivering the event {published.DetailType} of {published.Source}", () => subscriber.OnEventAsync(published));
    }
}

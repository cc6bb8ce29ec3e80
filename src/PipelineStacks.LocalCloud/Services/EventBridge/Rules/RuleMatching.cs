using System.Collections.Concurrent;
using System.Text.Json;
using PipelineStacks.LocalCloud.Services.EventBridge.Patterns;
using PipelineStacks.LocalCloud.Services.EventBridge.Targets;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Rules;

/// <summary>Holds every event against the patterns of its account's rules in its Region.</summary>
internal sealed class RuleMatching(RuleStore store, TargetDelivery delivery) : IEventSubscriber
{
    // By their text, so that a changed pattern is another one.
    private readonly ConcurrentDictionary<string, EventPattern> _patterns = new(StringComparer.Ordinal);

    public Task OnEventAsync(Event published)
    {
        var envelope = JsonSerializer.SerializeToElement(published.ToJson());
        foreach (var rule in store.Rules.In(published.Account, published.Region))
        {
            if (!rule.Enabled || string.IsNullOrEmpty(rule.EventPattern) || !_patterns.GetOrAdd(rule.EventPattern, EventPattern.Parse).Matches(envelope))
                continue;
            var key = new ResourceKey(published.Account, published.Region, rule.Name);
            delivery.Count(key, "MatchedEvents");
            delivery.Trigger(key, rule, published);
        }

        return Task.CompletedTask;
    }
}

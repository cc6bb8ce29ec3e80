using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Rules;

/// <summary>A rule on the default bus as it is kept.</summary>
/// <param name="ScheduledSince">When its schedule was set, from which rates are counted.</param>
internal sealed record RuleState(
    string Name, string Arn, string Account, string? EventPattern, string? ScheduleExpression, string State, string? Description, string? RoleArn,
    DateTimeOffset ScheduledSince, IReadOnlyList<Target> Targets, IReadOnlyList<Tag> Tags)
{
    public bool Enabled => State != "DISABLED";
}

internal sealed class RuleStore(StateStore store)
{
    public StateCollection<RuleState> Rules { get; } = store.Open<RuleState>("events", "rules");

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    public static string ArnOf(Call call, string name) => call.Arn("events", $"rule/{name}");

    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>.</exception>
    public RuleState Find(Call call, string action, string name, string? bus)
    {
        call.Authorize(action, ArnOf(call, name));
        EventBuses.CheckName(call, bus);
        return Rules.TryGet(Key(call, name), out var rule) ? rule : throw Missing(name);
    }

    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>.</exception>
    public RuleState Change(Call call, string action, string name, string? bus, Func<RuleState, RuleState> change)
    {
        call.Authorize(action, ArnOf(call, name));
        EventBuses.CheckName(call, bus);
        return Rules.Update(Key(call, name), change) ?? throw Missing(name);
    }

    private static ServiceException Missing(string name) =>
        new("ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");
}

using System.Diagnostics.CodeAnalysis;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.CloudFormation.Stacks;

/// <summary>All stacks with their resources, events and change sets.</summary>
internal sealed class StackStore(StateStore state)
{
    private const string Service = "cloudformation";

    private readonly StateCollection<Stack> _stacks = state.Open<Stack>(Service, "stacks");
    private readonly StateCollection<StackResource> _resources = state.Open<StackResource>(Service, "resources");
    private readonly StateCollection<ChangeSet> _changeSets = state.Open<ChangeSet>(Service, "change-sets");

    public StackEventStore Events { get; } = new(state);

    public IEnumerable<Stack> All => _stacks.All.Select(item => item.Value);

    public IEnumerable<Stack> In(string account, string region) => _stacks.In(account, region);

    /// <summary>A stack by its id, or by its name unless it was deleted.</summary>
    public bool TryFind(string account, string region, string nameOrId, [NotNullWhen(true)] out Stack? stack)
    {
        stack = nameOrId.StartsWith("arn:", StringComparison.Ordinal)
            ? In(account, region).FirstOrDefault(candidate => candidate.Id == nameOrId)
            : In(account, region).FirstOrDefault(candidate => candidate.Name == nameOrId && candidate.Status != StackStatus.DeleteComplete);
        return stack is not null;
    }

    public Stack Get(Stack stack) =>
        _stacks.TryGet(Key(stack), out var current) ? current : throw new InvalidOperationException($"The stack {stack.Id} is gone.");

    public void Put(Stack stack) => _stacks.Put(Key(stack), stack);

    /// <summary>Forgets the stack, as after the time for which deleted stacks are kept.</summary>
    public void Forget(Stack stack)
    {
        foreach (var resource in Resources(stack).ToList())
            RemoveResource(stack, resource.LogicalId);
        RemoveChangeSets(stack);
        Events.Forget(stack);
        _stacks.Remove(Key(stack));
    }

    public IEnumerable<StackResource> Resources(Stack stack)
    {
        var prefix = stack.Uuid + "/";
        return _resources.All.Where(item => item.Key.Name.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(item => item.Key.Name, StringComparer.Ordinal).Select(item => item.Value);
    }

    public StackResource? Resource(Stack stack, string logicalId) =>
        _resources.TryGet(ResourceKey(stack, logicalId), out var resource) ? resource : null;

    public void PutResource(Stack stack, StackResource resource) => _resources.Put(ResourceKey(stack, resource.LogicalId), resource);

    public void RemoveResource(Stack stack, string logicalId) => _resources.Remove(ResourceKey(stack, logicalId));

    public IEnumerable<ChangeSet> ChangeSets(Stack stack) =>
        _changeSets.In(stack.Account, stack.Region).Where(changeSet => changeSet.StackId == stack.Id);

    public ChangeSet? ChangeSet(string account, string region, string id) =>
        _changeSets.In(account, region).FirstOrDefault(changeSet => changeSet.Id == id);

    public void PutChangeSet(Stack stack, ChangeSet changeSet) => _changeSets.Put(ChangeSetKey(stack, changeSet), changeSet);

    public void RemoveChangeSet(Stack stack, ChangeSet changeSet) => _changeSets.Remove(ChangeSetKey(stack, changeSet));

    public void RemoveChangeSets(Stack stack)
    {
        foreach (var changeSet in ChangeSets(stack).ToList())
            RemoveChangeSet(stack, changeSet);
    }

    private static ResourceKey Key(Stack stack) => new(stack.Account, stack.Region, $"{stack.Name}/{stack.Uuid}");

    private static ResourceKey ResourceKey(Stack stack, string logicalId) => new(stack.Account, stack.Region, $"{stack.Uuid}/{logicalId}");

    private static ResourceKey ChangeSetKey(Stack stack, ChangeSet changeSet) => new(stack.Account, stack.Region, $"{stack.Uuid}/{changeSet.Name}");
}

using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>The stack that an operation works on, and what it works with.</summary>
internal sealed class StackWork(Stack stack, ResourceWorker worker, StackStore store, Exports exports, StackLog log)
{
    public Stack Stack { get; private set; } = stack;

    public StackOperation Operation { get; } = stack.Operation ?? throw new InvalidOperationException($"Nothing is to be done to {stack.Id}.");

    public ResourceWorker Worker => worker;

    public StackStore Store => store;

    public Exports Exports => exports;

    /// <summary>Moves on, with whatever else changes at that moment: both are written down as one.</summary>
    public void Move(string status, string? reason = null, Func<Stack, Stack>? with = null)
    {
        // The one thing that a request may change meanwhile.
        var latest = Stack with { TerminationProtection = store.Get(Stack).TerminationProtection };
        Stack = log.Move(with is null ? latest : with(latest), status, reason);
    }

    /// <summary>The end of the operation.</summary>
    public void End(string status, string? reason = null, Func<Stack, Stack>? with = null) =>
        Move(status, reason, stack => (with is null ? stack : with(stack)) with { Operation = null });

    public void MoveResource(StackResource resource, string status) => log.Move(Stack, resource, status);

    public DateTimeOffset Now => log.NextTime(Stack);

    /// <summary>The stack's resources, each after those it depends on.</summary>
    public IReadOnlyList<StackResource> InOrder()
    {
        var resources = store.Resources(Stack).ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal);
        var dependencies = resources.ToDictionary(pair => pair.Key,
            pair => (pair.Value.Current ?? pair.Value.Before)?.DependsOn ?? [], StringComparer.Ordinal);
        return [.. DependencyGraph.Order(dependencies, breakCycles: true).Select(id => resources[id])];
    }

    /// <summary>The physical resources behind a logical one: the one in use, one that it replaced, those left behind.</summary>
    public static IEnumerable<ResourceVersion> PhysicalResources(StackResource resource) =>
        new[] { resource.Current, resource.Change == ResourceChange.Replaced ? resource.Before : null }.Concat(resource.Abandoned)
            .OfType<ResourceVersion>().DistinctBy(version => version.PhysicalId);
}

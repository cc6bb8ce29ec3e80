using System.Collections.Concurrent;
using System.Globalization;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.CloudFormation.Stacks;

/// <summary>Some of a stack's events, oldest first.</summary>
internal sealed record StackEventPage(string StackUuid, int Number, IReadOnlyList<StackEvent> Items);

/// <summary>
/// The events of stacks, in pages: an event rewrites its page and not the stack's whole history. They are read from disk when
/// somebody asks for them, since a start has no need of them.
/// </summary>
internal sealed class StackEventStore(StateStore state)
{
    private const int PerPage = 50;

    // AWS keeps 90 days; here a stack keeps its last thousand events, which is some dozens of deployments.
    private const int MaxPages = 20;

    private readonly Lazy<StateCollection<StackEventPage>> _pages = new(() => state.Open<StackEventPage>("cloudformation", "events"));
    private readonly ConcurrentDictionary<string, StackEventPage[]> _byStack = new(StringComparer.Ordinal);

    public IEnumerable<StackEvent> NewestFirst(Stack stack) => PagesOf(stack).Reverse().SelectMany(page => page.Items.Reverse());

    public StackEvent? Last(Stack stack) => PagesOf(stack) is [.., { Items: [.., var last] }] ? last : null;

    public void Add(Stack stack, StackEvent next)
    {
        var pages = PagesOf(stack);
        var page = pages is [.., { Items.Count: < PerPage } open]
            ? open with { Items = [.. open.Items, next] }
            : new StackEventPage(stack.Uuid, pages is [.., var full] ? full.Number + 1 : 0, [next]);
        _pages.Value.Put(Key(stack, page.Number), page);
        var kept = pages.Where(other => other.Number != page.Number && other.Number > page.Number - MaxPages).Append(page).ToArray();
        foreach (var old in pages.Where(old => old.Number <= page.Number - MaxPages))
            _pages.Value.Remove(Key(stack, old.Number));
        _byStack[stack.Uuid] = kept;
    }

    public void Forget(Stack stack)
    {
        foreach (var page in PagesOf(stack))
            _pages.Value.Remove(Key(stack, page.Number));
        _byStack.TryRemove(stack.Uuid, out _);
    }

    private StackEventPage[] PagesOf(Stack stack) => _byStack.GetOrAdd(stack.Uuid, uuid =>
        [.. _pages.Value.In(stack.Account, stack.Region).Where(page => page.StackUuid == uuid).OrderBy(page => page.Number)]);

    private static ResourceKey Key(Stack stack, int number) =>
        new(stack.Account, stack.Region, $"{stack.Uuid}/{number.ToString("000000", CultureInfo.InvariantCulture)}");
}

using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Stacks;

/// <summary>Values that stacks of one account and Region share by name.</summary>
internal sealed class Exports(StackStore store)
{
    private readonly Lock _committing = new();

    public IEnumerable<(Stack Stack, StackOutput Output)> In(string account, string region) =>
        from stack in store.In(account, region)
        where stack.Status != StackStatus.DeleteComplete
        from output in stack.Outputs
        where output.ExportName is not null
        orderby output.ExportName
        select (stack, output);

    public string? Find(string account, string region, string name) =>
        In(account, region).FirstOrDefault(export => export.Output.ExportName == name).Output?.OutputValue;

    public IEnumerable<string> ImportersOf(string account, string region, string name) =>
        store.In(account, region)
            .Where(stack => stack.Status != StackStatus.DeleteComplete && stack.Imports.Contains(name, StringComparer.Ordinal)).Select(stack => stack.Name);

    /// <summary>Checks and publishes a stack's outputs as one step, as two stacks may end their deployments at the same moment.</summary>
    public void Commit(Stack stack, IReadOnlyList<StackOutput> outputs, Action<IReadOnlyList<StackOutput>> publish)
    {
        lock (_committing)
        {
            CheckChange(stack, outputs);
            publish(outputs);
        }
    }

    /// <summary>Refuses outputs that would take an export from those who import it, or a name from its owner.</summary>
    private void CheckChange(Stack stack, IReadOnlyList<StackOutput> outputs)
    {
        foreach (var output in outputs)
            if (output.ExportName is { } name
                && In(stack.Account, stack.Region).FirstOrDefault(export => export.Output.ExportName == name && export.Stack.Id != stack.Id) is { Stack: { } owner })
                throw TemplateErrors.Validation($"Export with name {name} is already exported by stack {owner.Name}");
        foreach (var before in stack.Outputs)
        {
            if (before.ExportName is not { } name || outputs.FirstOrDefault(output => output.ExportName == name) is var after && after?.OutputValue == before.OutputValue)
                continue;
            if (Importers(stack, name) is { Length: > 0 } importers)
                throw TemplateErrors.Validation($"Export {name} cannot be {(after is null ? "deleted" : "updated")} as it is in use by {importers}");
        }
    }

    /// <summary>Why the stack can't be deleted, or null.</summary>
    public string? InUse(Stack stack) =>
        stack.Outputs.Where(output => output.ExportName is not null)
            .Select(output => (output.ExportName, Importers: Importers(stack, output.ExportName!)))
            .Where(export => export.Importers.Length > 0)
            .Select(export => $"Delete canceled. Cannot delete export {export.ExportName} as it is in use by {export.Importers}.").FirstOrDefault();

    private string Importers(Stack stack, string name) =>
        string.Join(" and ", ImportersOf(stack.Account, stack.Region, name).Where(importer => importer != stack.Name));
}

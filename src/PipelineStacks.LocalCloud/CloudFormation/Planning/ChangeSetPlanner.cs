using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>What a template would change in a stack.</summary>
/// <param name="Imports">The exports that the stack would use.</param>
internal sealed record Plan(IReadOnlyList<PlannedChange> Changes, IReadOnlyCollection<string> Imports, bool OutputsChange);

/// <summary>Compares a prepared template with what the stack consists of, resource by resource in the order of their dependencies.</summary>
internal sealed class ChangeSetPlanner(StackStore store, Exports exports, ProvisionerCatalog provisioners, TemplateCheck check)
{
    /// <exception cref="ServiceException">The template can't be deployed here; all reasons are in the message.</exception>
    public Plan Plan(Call call, Stack stack, PreparedTemplate prepared, IReadOnlyList<ParameterValue> parameters)
    {
        check.Demand(call, stack, prepared, new PlanningValues(stack, store, exports));

        var values = new PlanningValues(stack, store, exports);
        var comparison = new ResourceComparison(
            new ProvisionContext(call, stack.Id, stack.Name, "", ""), prepared.Evaluator(values), ChangedParameters(stack, parameters));
        var changes = new List<PlannedChange>();
        foreach (var id in prepared.Order)
        {
            var definition = prepared.Resources[id];
            var change = store.Resource(stack, id) is { Current: { } current } existing
                ? comparison.Compare(existing, current, definition, provisioners[definition.Type])
                : new PlannedChange { Action = "Add", LogicalResourceId = id, ResourceType = definition.Type };
            if (change is null)
                continue;
            changes.Add(change);
            comparison.Note(change);
            if (change.Action == "Add" || change.Replacement == "True")
                values.Forget(id);
        }

        changes.AddRange(Removed(stack, prepared));
        return new(changes, values.Imports, OutputsChange(stack, prepared, values));
    }

    private IEnumerable<PlannedChange> Removed(Stack stack, PreparedTemplate prepared) =>
        from resource in store.Resources(stack)
        where !prepared.Resources.ContainsKey(resource.LogicalId)
        select new PlannedChange
        {
            PolicyAction = PolicyAction.OfRemoval(resource.Current?.DeletionPolicy ?? RemovalPolicy.Delete),
            Action = "Remove",
            LogicalResourceId = resource.LogicalId,
            PhysicalResourceId = resource.PhysicalId,
            ResourceType = resource.Type,
        };

    private static HashSet<string> ChangedParameters(Stack stack, IReadOnlyList<ParameterValue> parameters) =>
        parameters.Except(stack.Current?.Parameters ?? []).Select(parameter => parameter.Key).ToHashSet(StringComparer.Ordinal);

    private static bool OutputsChange(Stack stack, PreparedTemplate prepared, PlanningValues values) =>
        !prepared.EvaluateOutputs(values).ToHashSet().SetEquals(stack.Outputs);
}

/// <summary>The API's names for what becomes of the old resource.</summary>
internal static class PolicyAction
{
    public static string OfRemoval(RemovalPolicy policy) => policy switch
    {
        RemovalPolicy.Delete => "Delete",
        RemovalPolicy.Snapshot => "Snapshot",
        _ => "Retain",
    };

    public static string OfReplacement(RemovalPolicy policy) => policy switch
    {
        RemovalPolicy.Delete => "ReplaceAndDelete",
        RemovalPolicy.Snapshot => "ReplaceAndSnapshot",
        _ => "ReplaceAndRetain",
    };
}

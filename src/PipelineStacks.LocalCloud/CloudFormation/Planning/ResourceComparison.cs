using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>Finds what differs between a resource and its definition, and where each difference comes from.</summary>
internal sealed class ResourceComparison(ProvisionContext context, Evaluator evaluator, IReadOnlySet<string> changedParameters)
{
    private readonly Dictionary<string, PlannedChange> _changes = new(StringComparer.Ordinal);

    /// <summary>Remembers a change, as later resources may change with it.</summary>
    public void Note(PlannedChange change) => _changes[change.LogicalResourceId] = change;

    /// <summary>The change, or null when there is none.</summary>
    public PlannedChange? Compare(StackResource existing, ResourceVersion current, ResourceDefinition definition, IResourceProvisioner provisioner)
    {
        var after = evaluator.EvaluateObject(definition.Properties);
        var here = context with { LogicalId = definition.LogicalId, ResourceType = definition.Type };
        var details = new List<PlannedDetail>();
        foreach (var name in current.Properties.Select(property => property.Key).Union(after.Select(property => property.Key)).Order(StringComparer.Ordinal))
            if (Compare(name, current.Properties, after, definition, property => Recreates(provisioner, here, current.Properties, after, property)) is { } detail)
                details.Add(detail);
        if (!JsonNode.DeepEquals(current.Metadata, definition.Metadata))
            details.Add(new(new("Metadata", null, "Never"), "Static", "DirectModification", null));
        if (ResourceVersions.PolicyOf(definition) != current.DeletionPolicy)
            details.Add(new(new("DeletionPolicy", null, "Never"), "Static", "DirectModification", null));
        if (ResourceVersions.ReplacePolicyOf(definition) != current.UpdateReplacePolicy)
            details.Add(new(new("UpdateReplacePolicy", null, "Never"), "Static", "DirectModification", null));
        if (details.Count == 0 && !existing.Status.EndsWith("_FAILED", StringComparison.Ordinal))
            return null;
        var replacement = Replacement(details);
        return new()
        {
            PolicyAction = replacement == "True" ? PolicyAction.OfReplacement(current.UpdateReplacePolicy) : null,
            Action = "Modify",
            LogicalResourceId = definition.LogicalId,
            PhysicalResourceId = current.PhysicalId,
            ResourceType = definition.Type,
            Replacement = replacement,
            Scope = [.. details.Select(detail => detail.Target.Attribute).Distinct(StringComparer.Ordinal)],
            Details = details,
        };
    }

    private PlannedDetail? Compare(string name, JsonObject before, JsonObject after, ResourceDefinition definition, Func<string, bool> recreates)
    {
        var references = References.In(definition.Properties[name]).ToList();
        var cause = references.FirstOrDefault(Changes);
        var differs = !JsonNode.DeepEquals(before[name], after[name]);
        if (!differs && cause.Name is null)
            return null;
        // An attribute of a resource that is updated in place may turn out another; whether it does, deployment tells.
        var dynamic = !differs || Placeholders.IsIn(after[name]);
        var recreation = recreates(name) ? "Always" : "Never";
        return cause.Name is null && references.FirstOrDefault(reference => changedParameters.Contains(reference.Name)) is { Name: not null } parameter
            ? new(new("Properties", name, recreation), "Static", "ParameterReference", parameter.Name)
            : new(new("Properties", name, recreation), dynamic ? "Dynamic" : "Static", Source(cause), Causing(cause));
    }

    // A Ref changes with a replacement only, an attribute possibly with every update.
    private bool Changes(Reference reference) =>
        _changes.TryGetValue(reference.Name, out var change)
        && (reference.Function == "Fn::GetAtt" ? change.Scope.Contains("Properties") || change.Action == "Add" : change.Replacement is "True" || change.Action == "Add");

    private static bool Recreates(IResourceProvisioner provisioner, ProvisionContext context, JsonObject before, JsonObject after, string property)
    {
        var only = (JsonObject)before.DeepClone();
        only.Remove(property);
        // Where the new value isn't known yet, its absence stands for any other value.
        if (after[property] is { } value && !JsonNode.DeepEquals(before[property], value))
            only[property] = value.DeepClone();
        return provisioner.NeedsReplacement(context, before, only);
    }

    private static string Replacement(List<PlannedDetail> details)
    {
        var recreating = details.Where(detail => detail.Target.RequiresRecreation == "Always").ToList();
        return recreating.Count == 0 ? "False" : recreating.Any(detail => detail.Evaluation == "Static") ? "True" : "Conditional";
    }

    private static string Source(Reference cause) => cause switch
    {
        { Name: null } => "DirectModification",
        { Function: "Fn::GetAtt" } => "ResourceAttribute",
        _ => "ResourceReference",
    };

    private static string? Causing(Reference cause) => cause.Attribute is null ? cause.Name : $"{cause.Name}.{cause.Attribute}";
}

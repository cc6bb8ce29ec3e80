using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>Tells everything about a template that this cloud can't honour, at once and before anything is touched.</summary>
internal sealed class TemplateCheck(ProvisionerCatalog provisioners, StackStore store)
{
    public void Demand(Call call, Stack stack, PreparedTemplate prepared, PlanningValues values)
    {
        var changedTypes = prepared.Resources.Values
            .Where(resource => store.Resource(stack, resource.LogicalId) is { Current: not null } existing && existing.Type != resource.Type)
            .Select(resource => resource.LogicalId).ToList();
        if (changedTypes.Count > 0)
            throw TemplateErrors.Validation("Update of resource type is not permitted. The new template modifies resource type of the "
                + $"following resources: [{string.Join(", ", changedTypes)}]");

        var evaluator = prepared.Evaluator(values);
        var problems = prepared.Resources.Values.SelectMany(resource => Problems(call, stack, resource, evaluator)).ToList();
        if (problems.Count > 0)
            throw TemplateErrors.Validation($"Nothing was changed. The template can't be deployed to the local cloud:\n  {string.Join("\n  ", problems)}");
    }

    private List<string> Problems(Call call, Stack stack, ResourceDefinition resource, Evaluator evaluator)
    {
        var what = $"{resource.LogicalId} ({resource.Type})";
        if (!provisioners.TryFind(resource.Type, out var provisioner))
            return [$"{what}: the resource type is not supported by the local cloud."];
        if ((resource.DeletionPolicy == RemovalPolicy.Snapshot || resource.UpdateReplacePolicy == RemovalPolicy.Snapshot)
            && provisioner is not ISnapshotProvisioner)
            return [$"{what}: the resource type does not support deletion policy Snapshot."];
        var properties = evaluator.EvaluateObject(resource.Properties);
        var unsupported = UnsupportedProperties.In(properties, provisioner.PropertiesType).Distinct(StringComparer.Ordinal)
            .Select(path => $"{what}: the property {path} is not supported by the local cloud.").ToList();
        if (unsupported.Count > 0)
            return unsupported;
        try
        {
            provisioner.Check(new ProvisionContext(call, stack.Id, stack.Name, resource.LogicalId, resource.Type), properties);
            return [];
        }
        catch (ServiceException error)
        {
            return [error.Message.Contains(resource.LogicalId, StringComparison.Ordinal) ? error.Message : $"{what}: {error.Message}"];
        }
    }
}

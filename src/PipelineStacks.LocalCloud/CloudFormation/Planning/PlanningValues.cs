using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>Values as far as they are known before anything is done: of resources that stay, and placeholders for the rest.</summary>
internal sealed class PlanningValues(Stack stack, StackStore store, Exports exports) : IResourceValues
{
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    public HashSet<string> Imports { get; } = new(StringComparer.Ordinal);

    /// <summary>The resource will be another one: nothing of it is known.</summary>
    public void Forget(string logicalId) => _unknown.Add(logicalId);

    public JsonNode? Ref(string logicalId) => Known(logicalId)?.PhysicalId ?? Placeholders.Ref(logicalId);

    public JsonNode? Attribute(string logicalId, string attribute) =>
        Known(logicalId) is { } known && known.Attributes.TryGetValue(attribute, out var value)
            ? value
            : Placeholders.Attribute(logicalId, attribute, stack.Pseudo);

    public string Import(string exportName)
    {
        Imports.Add(exportName);
        return exports.Find(stack.Account, stack.Region, exportName) ?? throw TemplateErrors.Validation($"No export named {exportName} found");
    }

    private ResourceVersion? Known(string logicalId) => _unknown.Contains(logicalId) ? null : store.Resource(stack, logicalId)?.Current;
}

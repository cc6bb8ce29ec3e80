using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Values of what exists, while a stack is being deployed.</summary>
internal sealed class DeployedValues(Stack stack, StackStore store, Exports exports) : IResourceValues
{
    public HashSet<string> Imports { get; } = new(StringComparer.Ordinal);

    public JsonNode? Ref(string logicalId) => Current(logicalId).Version.PhysicalId;

    public JsonNode? Attribute(string logicalId, string attribute)
    {
        var (resource, version) = Current(logicalId);
        return version.Attributes.TryGetValue(attribute, out var value)
            ? value
            : throw TemplateErrors.Template($"resource {logicalId} does not support attribute type {attribute} in Fn::GetAtt ({resource.Type} in the local cloud)");
    }

    public string Import(string exportName)
    {
        Imports.Add(exportName);
        return exports.Find(stack.Account, stack.Region, exportName) ?? throw TemplateErrors.Validation($"No export named {exportName} found.");
    }

    private (StackResource Resource, ResourceVersion Version) Current(string logicalId) =>
        store.Resource(stack, logicalId) is { Current: { } version } resource
            ? (resource, version)
            : throw TemplateErrors.Template($"the resource {logicalId} does not exist yet");
}

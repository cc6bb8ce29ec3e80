using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Stacks;

/// <summary>Makes what is remembered of a physical resource.</summary>
internal static class ResourceVersions
{
    public static RemovalPolicy PolicyOf(ResourceDefinition definition) => definition.DeletionPolicy ?? RemovalPolicy.Delete;

    public static RemovalPolicy ReplacePolicyOf(ResourceDefinition definition) => definition.UpdateReplacePolicy ?? RemovalPolicy.Delete;

    public static ResourceVersion Of(Provisioned provisioned, JsonObject properties, ResourceDefinition definition, IReadOnlyList<string> dependsOn) => new()
    {
        PhysicalId = provisioned.PhysicalId,
        Properties = properties,
        Attributes = provisioned.Attributes,
        Metadata = definition.Metadata,
        DependsOn = dependsOn,
        DeletionPolicy = PolicyOf(definition),
        UpdateReplacePolicy = ReplacePolicyOf(definition),
    };
}

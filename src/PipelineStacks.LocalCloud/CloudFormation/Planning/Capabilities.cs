using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>Templates that create permissions must be acknowledged.</summary>
internal static class Capabilities
{
    private const string Iam = "CAPABILITY_IAM";
    private const string NamedIam = "CAPABILITY_NAMED_IAM";

    private static readonly string[] NameProperties = ["RoleName", "UserName", "GroupName", "ManagedPolicyName", "InstanceProfileName"];

    public static IReadOnlyList<string> NeededBy(IEnumerable<ResourceDefinition> resources)
    {
        var iam = resources.Where(resource => resource.Type.StartsWith("AWS::IAM::", StringComparison.Ordinal)).ToList();
        return iam.Count == 0 ? [] : iam.Any(resource => NameProperties.Any(resource.Properties.ContainsKey)) ? [NamedIam] : [Iam];
    }

    public static void Demand(IEnumerable<ResourceDefinition> resources, IReadOnlyList<string> given)
    {
        var missing = NeededBy(resources).Where(needed => !given.Contains(needed) && !(needed == Iam && given.Contains(NamedIam))).ToList();
        if (missing.Count > 0)
            throw new ServiceException("InsufficientCapabilitiesException", $"Requires capabilities : [{string.Join(", ", missing)}]");
    }
}

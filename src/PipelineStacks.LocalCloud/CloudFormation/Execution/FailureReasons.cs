using PipelineStacks.LocalCloud.CloudFormation.Stacks;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Says which resources made an operation fail, in CloudFormation's words.</summary>
internal static class FailureReasons
{
    public const string Interrupted = "The local cloud was stopped while the operation was in progress";

    public static string Of(IEnumerable<StackResource> resources)
    {
        var all = resources.ToList();
        return Of(all, "CREATE_FAILED", "create") + Of(all, "UPDATE_FAILED", "update");
    }

    public static string OfDeletion(IEnumerable<string> logicalIds) => $"The following resource(s) failed to delete: [{string.Join(", ", logicalIds)}]. ";

    private static string Of(List<StackResource> resources, string status, string verb)
    {
        var failed = resources.Where(resource => resource.Status == status).Select(resource => resource.LogicalId).ToList();
        return failed.Count == 0 ? "" : $"The following resource(s) failed to {verb}: [{string.Join(", ", failed)}]. ";
    }
}

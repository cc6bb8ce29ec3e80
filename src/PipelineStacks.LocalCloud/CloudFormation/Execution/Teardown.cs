using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Deletes resources, dependents first. One that can't be deleted keeps what it depends on, and nothing else.</summary>
internal sealed class Teardown(StackWork work)
{
    /// <param name="inOrder">The resources, each after those it depends on.</param>
    /// <returns>The logical ids of those that could not be deleted.</returns>
    public async Task<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<StackResource> inOrder, Func<ResourceVersion, RemovalPolicy> policy)
    {
        var failed = new List<string>();
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in inOrder.Reverse())
        {
            if (needed.Contains(resource.LogicalId))
            {
                needed.UnionWith(Dependencies(resource));
            }
            else if (await DeleteAsync(resource, policy) || work.Operation.Force)
            {
                work.Store.RemoveResource(work.Stack, resource.LogicalId);
            }
            else
            {
                failed.Add(resource.LogicalId);
                needed.UnionWith(Dependencies(resource));
            }
        }

        return failed;
    }

    private async Task<bool> DeleteAsync(StackResource resource, Func<ResourceVersion, RemovalPolicy> policy)
    {
        // Nothing came of its creation.
        if (resource.Current is null)
            work.MoveResource(resource, "DELETE_COMPLETE");
        foreach (var version in StackWork.PhysicalResources(resource))
        {
            var asAsked = work.Operation.Skip.Contains(resource.LogicalId, StringComparer.Ordinal) ? RemovalPolicy.Retain : policy(version);
            if (!await work.Worker.DeleteAsync(resource, version, asAsked))
                return false;
        }

        return true;
    }

    private static IReadOnlyList<string> Dependencies(StackResource resource) => (resource.Current ?? resource.Before)?.DependsOn ?? [];
}

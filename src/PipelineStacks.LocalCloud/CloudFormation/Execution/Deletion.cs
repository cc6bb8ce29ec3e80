using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Deletes a stack with its resources, except for those whose policy keeps them.</summary>
internal sealed class Deletion(StackWork work)
{
    // For as long AWS lists deleted stacks.
    private static readonly TimeSpan KeptAfterDeletion = TimeSpan.FromDays(90);

    public async Task RunAsync()
    {
        // RetainExceptOnCreate keeps what a creation finished; only its rollback deletes it.
        var failed = await new Teardown(work).DeleteAsync(work.InOrder(),
            version => version.DeletionPolicy == RemovalPolicy.RetainExceptOnCreate ? RemovalPolicy.Retain : version.DeletionPolicy);
        if (failed.Count > 0)
        {
            work.End(StackStatus.DeleteFailed, FailureReasons.OfDeletion(failed));
            return;
        }

        work.Store.RemoveChangeSets(work.Stack);
        work.End(StackStatus.DeleteComplete, with: stack => stack with { DeletionTime = work.Now, Outputs = [], Imports = [] });
        foreach (var old in work.Store.In(work.Stack.Account, work.Stack.Region).Where(stack => stack.DeletionTime < work.Now - KeptAfterDeletion).ToList())
            work.Store.Forget(old);
    }
}

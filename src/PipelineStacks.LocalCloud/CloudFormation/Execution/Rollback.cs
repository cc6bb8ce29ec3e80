using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Undoes a creation or an update that failed.</summary>
internal sealed class Rollback(StackWork work)
{
    /// <summary>What the operation asked for in case of a failure: undo it, leave everything as it is, or delete the stack.</summary>
    public Task AfterFailureAsync(string reason)
    {
        var isCreation = work.Stack.Previous is null;
        switch (work.Operation.OnFailure)
        {
            case OnFailure.DoNothing:
                work.End(isCreation ? StackStatus.CreateFailed : StackStatus.UpdateFailed, reason.TrimEnd());
                return Task.CompletedTask;
            case OnFailure.Delete when isCreation:
                work.Move(StackStatus.DeleteInProgress, reason + "Delete requested by user.");
                return new Deletion(work).RunAsync();
            default:
                return isCreation ? CreationAsync(reason + "Rollback requested by user.") : UpdateAsync(reason.TrimEnd());
        }
    }

    /// <summary>Deletes all that a failed creation made.</summary>
    public async Task CreationAsync(string? reason)
    {
        work.Move(StackStatus.RollbackInProgress, reason, stack => stack with { Outputs = [], Imports = [] });
        var failed = await new Teardown(work).DeleteAsync(work.InOrder(), OfCreated);
        if (failed.Count == 0)
            work.End(StackStatus.RollbackComplete);
        else
            work.End(StackStatus.RollbackFailed, FailureReasons.OfDeletion(failed));
    }

    /// <summary>Returns the stack to what it was before a failed update.</summary>
    public async Task UpdateAsync(string? reason)
    {
        work.Move(StackStatus.UpdateRollbackInProgress, reason);
        foreach (var resource in work.InOrder())
            if (!await RestoreAsync(resource))
            {
                work.End(StackStatus.UpdateRollbackFailed, FailureReasons.Of(work.Store.Resources(work.Stack)).TrimEnd());
                return;
            }

        work.Move(StackStatus.UpdateRollbackCleanup,
            with: stack => stack with { Current = stack.Previous ?? stack.Current, Previous = null, Imports = stack.ImportsBefore });
        await CleanUpAsync();
    }

    /// <summary>Deletes what the undone update had made.</summary>
    public async Task CleanUpAsync()
    {
        var left = work.InOrder();
        await new Teardown(work).DeleteAsync([.. left.Where(resource => resource.Change == ResourceChange.Created)], OfCreated);
        foreach (var resource in left.Where(resource => resource.Change != ResourceChange.Created && resource.Abandoned.Count > 0))
        {
            foreach (var version in resource.Abandoned.Where(version => version.PhysicalId != resource.PhysicalId))
                await work.Worker.DeleteAsync(resource, version, OfCreated(version));
            work.Store.PutResource(work.Stack, resource with { Abandoned = [] });
        }

        work.End(StackStatus.UpdateRollbackComplete);
    }

    private async ValueTask<bool> RestoreAsync(StackResource resource)
    {
        var hasChanged = resource is { Change: ResourceChange.Updated or ResourceChange.Replaced, Before: not null };
        if (hasChanged && !work.Operation.Skip.Contains(resource.LogicalId, StringComparer.Ordinal))
            return await work.Worker.RestoreAsync(resource, resource.Before!);
        if (hasChanged || resource.Status == "UPDATE_FAILED")
            work.MoveResource(resource with { Change = ResourceChange.None, Before = null }, "UPDATE_COMPLETE");
        return true;
    }

    // What was made by the operation that failed holds nothing yet, unless the template wants it kept even so.
    private RemovalPolicy OfCreated(ResourceVersion version) =>
        version.DeletionPolicy == RemovalPolicy.Retain && !work.Operation.RetainExceptOnCreate ? RemovalPolicy.Retain : RemovalPolicy.Delete;
}

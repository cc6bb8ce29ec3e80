using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Planning;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Creates a stack or updates it to its definition. When that fails, its rollback follows.</summary>
internal sealed class Deployment(StackWork work)
{
    public async Task RunAsync()
    {
        if (await ApplyAsync() is { } failure)
            await new Rollback(work).AfterFailureAsync(failure);
    }

    /// <summary>Deletes what a successful update left behind.</summary>
    public async Task CleanUpAsync()
    {
        var wanted = PreparedTemplate.From(work.Stack, work.Stack.Current!).Resources;
        var failed = 0;
        foreach (var resource in work.InOrder().Reverse())
        {
            if (!wanted.ContainsKey(resource.LogicalId))
            {
                foreach (var version in StackWork.PhysicalResources(resource))
                    failed += await work.Worker.DeleteAsync(resource, version, version.DeletionPolicy) ? 0 : 1;
                work.Store.RemoveResource(work.Stack, resource.LogicalId);
                continue;
            }

            foreach (var version in StackWork.PhysicalResources(resource).Where(version => version.PhysicalId != resource.PhysicalId))
                failed += await work.Worker.DeleteAsync(resource, version, version.UpdateReplacePolicy) ? 0 : 1;
            Settle(resource);
        }

        // As on AWS, what can't be deleted now is left behind and no reason to undo a successful update.
        work.End(StackStatus.UpdateComplete, failed == 0 ? null : "Update successful. One or more resources could not be deleted.");
    }

    private async Task<string?> ApplyAsync()
    {
        try
        {
            var prepared = PreparedTemplate.From(work.Stack, work.Stack.Current!);
            var values = new DeployedValues(work.Stack, work.Store, work.Exports);
            if (await ApplyAsync(prepared, values) is { } failure)
                return failure;
            await CommitAsync(prepared, values);
            return null;
        }
        catch (ServiceException error)
        {
            return error.Message.TrimEnd('.') + ". ";
        }
    }

    private async Task<string?> ApplyAsync(PreparedTemplate prepared, DeployedValues values)
    {
        var evaluator = prepared.Evaluator(values);
        foreach (var id in prepared.Order)
        {
            var definition = prepared.Resources[id];
            var dependsOn = prepared.Dependencies[id];
            var done = work.Store.Resource(work.Stack, id) is { Current: { } current } existing
                ? await work.Worker.UpdateAsync(existing, current, definition, () => evaluator.EvaluateObject(definition.Properties), dependsOn)
                : await work.Worker.CreateAsync(definition, () => evaluator.EvaluateObject(definition.Properties), dependsOn);
            if (!done)
                return FailureReasons.Of(work.Store.Resources(work.Stack));
        }

        return null;
    }

    private async Task CommitAsync(PreparedTemplate prepared, DeployedValues values)
    {
        var isCreation = work.Stack.Status == StackStatus.CreateInProgress;
        work.Exports.Commit(work.Stack, prepared.EvaluateOutputs(values), outputs =>
            work.Move(isCreation ? StackStatus.CreateComplete : StackStatus.UpdateCleanup, with: stack => stack with
            {
                Outputs = outputs,
                Imports = [.. values.Imports.Order(StringComparer.Ordinal)],
                Previous = null,
                Operation = isCreation ? null : stack.Operation,
            }));
        if (!isCreation)
        {
            await CleanUpAsync();
            return;
        }

        foreach (var resource in work.Store.Resources(work.Stack).ToList())
            Settle(resource);
    }

    private void Settle(StackResource resource)
    {
        if (resource is { Change: ResourceChange.None, Before: null, Abandoned: [] })
            return;
        var latest = work.Store.Resource(work.Stack, resource.LogicalId) ?? resource;
        work.Store.PutResource(work.Stack, latest with
        {
            Status = latest.Status.StartsWith("DELETE_", StringComparison.Ordinal) ? "UPDATE_COMPLETE" : latest.Status,
            Change = ResourceChange.None,
            Before = null,
            Abandoned = [],
        });
    }
}

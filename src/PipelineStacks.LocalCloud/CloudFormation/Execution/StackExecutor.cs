using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Planning;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Carries out what a stack's status says is to be done.</summary>
internal sealed class StackExecutor(
    StackStore store, Exports exports, ProvisionerCatalog provisioners, DynamicReferences references, StackLog log, IAuthorizer authorizer,
    Callers callers, ILogger<StackExecutor> logger)
{
    public Task RunAsync(Stack stack) => GuardAsync(stack, work => stack.Status switch
    {
        StackStatus.CreateInProgress or StackStatus.UpdateInProgress => new Deployment(work).RunAsync(),
        StackStatus.UpdateCleanup => new Deployment(work).CleanUpAsync(),
        StackStatus.RollbackInProgress => new Rollback(work).CreationAsync(stack.StatusReason),
        StackStatus.UpdateRollbackInProgress => new Rollback(work).UpdateAsync(stack.StatusReason),
        StackStatus.UpdateRollbackCleanup => new Rollback(work).CleanUpAsync(),
        StackStatus.DeleteInProgress => new Deletion(work).RunAsync(),
        _ => throw new InvalidOperationException($"Nothing is to be done to {stack.Id} in {stack.Status}."),
    });

    /// <summary>Brings to an end what was under way when the process ended: what was being made is undone, what was being undone is finished.</summary>
    public Task ResumeAsync(Stack stack)
    {
        foreach (var resource in store.Resources(stack).Where(resource => resource.Status is "CREATE_IN_PROGRESS" or "UPDATE_IN_PROGRESS").ToList())
            log.Move(stack, resource, resource.Status.Replace("_IN_PROGRESS", "_FAILED", StringComparison.Ordinal), FailureReasons.Interrupted);
        return stack.Status is StackStatus.CreateInProgress or StackStatus.UpdateInProgress
            ? GuardAsync(stack, work => new Rollback(work).AfterFailureAsync($"{FailureReasons.Interrupted}. "))
            : RunAsync(stack with { StatusReason = $"Resumed. {FailureReasons.Interrupted}" });
    }

    private async Task GuardAsync(Stack stack, Func<StackWork, Task> run)
    {
        var work = new StackWork(stack, new ResourceWorker(stack, CallOf(stack), provisioners, references, store, log, logger), store, exports, log);
        try
        {
            await run(work);
        }
        catch (Exception error)
        {
            // A defect of the cloud must not leave the stack in progress for ever: nothing could be done to it any more.
            logger.LogError(error, "{Stack} failed in {Status}", stack.Name, work.Stack.Status);
            work.End(FailedStatus(work.Stack.Status), $"Internal failure of the local cloud: {error.Message}");
        }
    }

    private Call CallOf(Stack stack) => (stack.Current?.RoleArn ?? stack.Previous?.RoleArn) is { } roleArn
        ? callers.ForRole(roleArn, stack.Region, "AWSCloudFormation")
        : new Call(authorizer, stack.Operation!.Principal, stack.Region, Guid.NewGuid().ToString());

    private static string FailedStatus(string status) => status switch
    {
        StackStatus.CreateInProgress => StackStatus.CreateFailed,
        StackStatus.RollbackInProgress => StackStatus.RollbackFailed,
        StackStatus.DeleteInProgress => StackStatus.DeleteFailed,
        StackStatus.UpdateInProgress => StackStatus.UpdateFailed,
        StackStatus.UpdateRollbackInProgress => StackStatus.UpdateRollbackFailed,
        StackStatus.UpdateCleanup => StackStatus.UpdateComplete,
        StackStatus.UpdateRollbackCleanup => StackStatus.UpdateRollbackComplete,
        _ => status,
    };
}

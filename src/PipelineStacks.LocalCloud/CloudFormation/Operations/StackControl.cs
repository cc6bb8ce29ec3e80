using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Execution;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>Begins the operations on stacks: one at a time for each stack.</summary>
internal sealed class StackControl(StackStore store, Exports exports, StackLog log, StackWorkers workers)
{
    private readonly Lock _beginning = new();

    public static Stack NewStack(Call call, string name, DateTimeOffset now) => new()
    {
        Id = call.Arn("cloudformation", $"stack/{name}/{Guid.NewGuid()}"),
        Name = name,
        Account = call.Account,
        Region = call.Region,
        CreationTime = now,
        Status = StackStatus.ReviewInProgress,
    };

    /// <summary>Gives the stack its definition and starts to create or update it.</summary>
    /// <param name="imports">What the definition imports, held from now on.</param>
    public Task DeployAsync(Stack stack, StackDefinition definition, IEnumerable<string> imports, StackOperation operation)
    {
        Stack begun;
        lock (_beginning)
        {
            var latest = store.TryFind(stack.Account, stack.Region, stack.Id, out var known) ? known : stack;
            var isCreation = latest.Status == StackStatus.ReviewInProgress;
            if (!isCreation)
                DemandUpdatable(latest);
            store.RemoveChangeSets(latest);
            if (latest.Previous is null && latest.Status != StackStatus.CreateFailed)
                ForgetChanges(latest);
            begun = log.Move(latest with
            {
                Current = definition,
                // An update of what failed without a rollback still returns to what was there before the failure.
                Previous = latest.Previous ?? (isCreation || latest.Status == StackStatus.CreateFailed ? null : latest.Current),
                LastUpdatedTime = isCreation ? null : log.NextTime(latest),
                DisableRollback = operation.OnFailure == OnFailure.DoNothing,
                Imports = [.. latest.Imports.Union(imports, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                ImportsBefore = latest.Previous is null ? latest.Imports : latest.ImportsBefore,
                Operation = operation,
            }, isCreation ? StackStatus.CreateInProgress : StackStatus.UpdateInProgress, StackLog.UserInitiated);
        }

        return workers.StartAsync(begun);
    }

    public Task DeleteAsync(Stack stack, string? roleArn, StackOperation operation)
    {
        Stack begun;
        lock (_beginning)
        {
            var latest = store.Get(stack);
            if (latest.IsInProgress && latest.Status != StackStatus.DeleteInProgress)
                throw TemplateErrors.Validation($"Stack [{latest.Id}] cannot be deleted while in status {latest.Status}");
            if (latest.Status is StackStatus.DeleteInProgress or StackStatus.DeleteComplete)
                return Task.CompletedTask;
            var current = latest.Current is { } definition ? definition with { RoleArn = roleArn ?? definition.RoleArn } : null;
            begun = log.Move(latest with { Current = current, Operation = operation }, StackStatus.DeleteInProgress, StackLog.UserInitiated);
            if (exports.InUse(latest) is { } inUse)
            {
                log.Move(begun with { Operation = null }, latest.Status, inUse);
                return Task.CompletedTask;
            }
        }

        return workers.StartAsync(begun);
    }

    /// <summary>Undoes what failed and was left as it is, or goes on with an undoing that failed.</summary>
    public Task RollBackAsync(Stack stack, string? roleArn, StackOperation operation, params ReadOnlySpan<string> from)
    {
        Stack begun;
        lock (_beginning)
        {
            var latest = store.Get(stack);
            if (!from.Contains(latest.Status))
                throw TemplateErrors.Validation($"Stack:{latest.Id} is in {latest.Status} state and can not be rolled back.");
            var status = latest.Previous is null ? StackStatus.RollbackInProgress : StackStatus.UpdateRollbackInProgress;
            // The rollback writes the event of its status itself.
            begun = latest with
            {
                Status = status,
                StatusReason = StackLog.UserInitiated,
                Current = latest.Current! with { RoleArn = roleArn ?? latest.Current.RoleArn },
                Operation = operation,
            };
            store.Put(begun);
        }

        return workers.StartAsync(begun);
    }

    // Marks that a process killed right after the end of its operation left behind would make the next rollback undo that one as well.
    private void ForgetChanges(Stack stack)
    {
        foreach (var resource in store.Resources(stack).Where(resource => resource.Change != ResourceChange.None).ToList())
            store.PutResource(stack, resource with { Change = ResourceChange.None, Before = null });
    }

    private static void DemandUpdatable(Stack stack)
    {
        if (!StackStatus.TakesUpdate(stack.Status))
            throw TemplateErrors.Validation($"Stack:{stack.Id} is in {stack.Status} state and can not be updated.");
    }
}

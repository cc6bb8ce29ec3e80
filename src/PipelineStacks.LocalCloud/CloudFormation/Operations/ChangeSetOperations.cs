using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Execution;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>Change sets: planned, looked at, executed. Planning is quick here and done within the request.</summary>
internal sealed class ChangeSetOperations(StackStore store, StackFinder stacks, StackDefinitions definitions, StackControl control, StackLog log)
{
    private const string NoChanges =
        "The submitted information didn't contain changes. Submit different information to create a change set.";

    public void AddTo(OperationTable operations) => operations
        .Add<CreateChangeSetInput, CreateChangeSetOutput>("CreateChangeSet", Create)
        .Add<ChangeSetInput, DescribeChangeSetOutput>("DescribeChangeSet", Describe)
        .Add<ChangeSetInput, Empty>("DeleteChangeSet", Delete)
        .Add<ListChangeSetsInput, ListChangeSetsOutput>("ListChangeSets", List)
        .AddAsync<ExecuteChangeSetInput, Empty>("ExecuteChangeSet", ExecuteAsync);

    private CreateChangeSetOutput Create(Call call, CreateChangeSetInput input)
    {
        var existing = stacks.Find(call, "CreateChangeSet", input.StackName);
        Refuse(input);
        var type = input.ChangeSetType ?? "UPDATE";
        var stack = Target(call, input, type, existing);
        if (store.ChangeSets(stack).Any(changeSet => changeSet.Name == input.ChangeSetName))
            throw new ServiceException("AlreadyExistsException", $"ChangeSet {input.ChangeSetName} cannot be created due to a mismatch with existing attribute Name");

        var (definition, plan) = definitions.Plan(call, input, stack);
        if (existing is null)
            stack = log.Move(stack, StackStatus.ReviewInProgress, StackLog.UserInitiated);
        var unchanged = type == "UPDATE" && StackDefinitions.IsNoChange(stack, definition, plan);
        var changeSet = new ChangeSet
        {
            Id = call.Arn("cloudformation", $"changeSet/{input.ChangeSetName}/{Guid.NewGuid()}"),
            Name = input.ChangeSetName,
            StackId = stack.Id,
            StackName = stack.Name,
            Type = type,
            Description = input.Description,
            CreationTime = log.NextTime(stack),
            Status = unchanged ? "FAILED" : "CREATE_COMPLETE",
            StatusReason = unchanged ? NoChanges : null,
            ExecutionStatus = unchanged ? "UNAVAILABLE" : "AVAILABLE",
            OnStackFailure = Enum.TryParse<OnFailure>(input.OnStackFailure?.Replace("_", "", StringComparison.Ordinal), true, out var onFailure) ? onFailure : null,
            Definition = definition,
            Changes = plan.Changes,
            Imports = [.. plan.Imports],
        };
        store.PutChangeSet(stack, changeSet);
        return new(changeSet.Id, stack.Id);
    }

    private DescribeChangeSetOutput Describe(Call call, ChangeSetInput input)
    {
        var changeSet = Find(call, "DescribeChangeSet", input).ChangeSet ?? throw NotFound(input);
        return new()
        {
            ChangeSetName = changeSet.Name,
            ChangeSetId = changeSet.Id,
            StackId = changeSet.StackId,
            StackName = changeSet.StackName,
            Description = changeSet.Description,
            Parameters = StackDescriptions.Parameters(changeSet.Definition),
            CreationTime = changeSet.CreationTime,
            ExecutionStatus = changeSet.ExecutionStatus,
            Status = changeSet.Status,
            StatusReason = changeSet.StatusReason,
            Capabilities = changeSet.Definition.Capabilities,
            Tags = changeSet.Definition.Tags,
            Changes = [.. changeSet.Changes.Select(change => new Change("Resource", change))],
            OnStackFailure = changeSet.OnStackFailure switch
            {
                OnFailure.DoNothing => "DO_NOTHING",
                { } other => other.ToString().ToUpperInvariant(),
                null => null,
            },
        };
    }

    private Empty Delete(Call call, ChangeSetInput input)
    {
        var (stack, changeSet) = Find(call, "DeleteChangeSet", input);
        if (stack is null)
            throw TemplateErrors.Validation($"Stack [{input.StackName}] does not exist");
        if (changeSet is not null)
            store.RemoveChangeSet(stack, changeSet);
        return Empty.Value;
    }

    private ListChangeSetsOutput List(Call call, ListChangeSetsInput input)
    {
        var stack = stacks.Demand(call, "ListChangeSets", input.StackName);
        return new(
        [
            .. store.ChangeSets(stack).OrderBy(changeSet => changeSet.CreationTime).Select(changeSet => new ChangeSetSummary(
                stack.Id, stack.Name, changeSet.Id, changeSet.Name, changeSet.ExecutionStatus, changeSet.Status, changeSet.StatusReason,
                changeSet.CreationTime, changeSet.Description)),
        ]);
    }

    private async ValueTask<Empty> ExecuteAsync(Call call, ExecuteChangeSetInput input)
    {
        var (stack, changeSet) = Find(call, "ExecuteChangeSet", input);
        if (stack is null || changeSet is null)
            throw NotFound(input);
        if (changeSet.ExecutionStatus != "AVAILABLE")
            throw new ServiceException("InvalidChangeSetStatus", $"ChangeSet [{changeSet.Id}] cannot be executed in its current status of [{changeSet.Status}]");
        await control.DeployAsync(stack, changeSet.Definition, changeSet.Imports, new(call.Principal, input.ClientRequestToken)
        {
            OnFailure = input.DisableRollback == true ? OnFailure.DoNothing : changeSet.OnStackFailure ?? OnFailure.Rollback,
            RetainExceptOnCreate = input.RetainExceptOnCreate ?? false,
        });
        return Empty.Value;
    }

    private Stack Target(Call call, CreateChangeSetInput input, string type, Stack? existing)
    {
        if (type == "CREATE")
        {
            if (existing is not null && existing.Status != StackStatus.ReviewInProgress)
                throw TemplateErrors.Validation($"Stack [{input.StackName}] already exists and cannot be created again with the changeSet [{input.ChangeSetName}].");
            StackDefinitions.CheckName(input.StackName);
            return existing ?? StackControl.NewStack(call, input.StackName, log.Now);
        }

        var stack = existing ?? throw TemplateErrors.Validation($"Stack [{input.StackName}] does not exist");
        return StackStatus.TakesUpdate(stack.Status)
            ? stack
            : throw TemplateErrors.Validation($"Stack:{stack.Id} is in {stack.Status} state and can not be updated.");
    }

    private (Stack? Stack, ChangeSet? ChangeSet) Find(Call call, string action, ChangeSetInput input)
    {
        if (input.ChangeSetName.StartsWith("arn:", StringComparison.Ordinal))
        {
            call.Authorize($"cloudformation:{action}", input.ChangeSetName);
            var byId = store.ChangeSet(call.Account, call.Region, input.ChangeSetName);
            return (byId is not null && store.TryFind(call.Account, call.Region, byId.StackId, out var owner) ? owner : null, byId);
        }

        var stack = stacks.Find(call, action, input.StackName);
        return (stack, stack is null ? null : store.ChangeSets(stack).FirstOrDefault(changeSet => changeSet.Name == input.ChangeSetName));
    }

    private static ServiceException NotFound(ChangeSetInput input) =>
        new("ChangeSetNotFound", $"ChangeSet [{input.ChangeSetName}] does not exist", 404);

    private static void Refuse(CreateChangeSetInput input)
    {
        if (input.ChangeSetType is not (null or "CREATE" or "UPDATE"))
            throw TemplateErrors.Unsupported($"The change set type {input.ChangeSetType}");
        if (input.ResourcesToImport is { Count: > 0 } || input.ImportExistingResources)
            throw TemplateErrors.Unsupported("Importing existing resources");
        if (input.IncludeNestedStacks)
            throw TemplateErrors.Unsupported("IncludeNestedStacks");
        if (input.DeploymentMode is not null)
            throw TemplateErrors.Unsupported($"DeploymentMode {input.DeploymentMode}");
    }
}

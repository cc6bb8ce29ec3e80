using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Execution;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>Creates, updates, rolls back and deletes stacks.</summary>
internal sealed class StackOperations(StackStore store, StackFinder stacks, StackDefinitions definitions, StackControl control, StackLog log)
{
    public void AddTo(OperationTable operations) => operations
        .AddAsync<CreateStackInput, StackIdOutput>("CreateStack", CreateAsync)
        .AddAsync<UpdateStackInput, StackIdOutput>("UpdateStack", UpdateAsync)
        .AddAsync<DeleteStackInput, Empty>("DeleteStack", DeleteAsync)
        .AddAsync<RollbackStackInput, StackIdOutput>("RollbackStack", RollBackAsync)
        .AddAsync<ContinueUpdateRollbackInput, Empty>("ContinueUpdateRollback", ContinueUpdateRollbackAsync)
        .Add<UpdateTerminationProtectionInput, StackIdOutput>("UpdateTerminationProtection", UpdateTerminationProtection)
        .Add<DescribeStacksInput, DescribeStacksOutput>("DescribeStacks", Describe)
        .Add<ListStacksInput, ListStacksOutput>("ListStacks", List);

    private async ValueTask<StackIdOutput> CreateAsync(Call call, CreateStackInput input)
    {
        if (stacks.Find(call, "CreateStack", input.StackName) is not null)
            throw new ServiceException("AlreadyExistsException", $"Stack [{input.StackName}] already exists");
        RefusePolicy(input.StackPolicyBody ?? input.StackPolicyURL);
        if (input.TimeoutInMinutes is not null)
            throw TemplateErrors.Unsupported("TimeoutInMinutes");
        if (input is { DisableRollback: not null, OnFailure: not null })
            throw TemplateErrors.Validation("You cannot specify both DisableRollback and OnFailure.");
        StackDefinitions.CheckName(input.StackName);
        var stack = StackControl.NewStack(call, input.StackName, log.Now) with { TerminationProtection = input.EnableTerminationProtection };
        var (definition, plan) = definitions.Plan(call, input, stack);
        await control.DeployAsync(stack, definition, plan.Imports, new(call.Principal, input.ClientRequestToken)
        {
            OnFailure = input.OnFailure switch
            {
                "DELETE" => OnFailure.Delete,
                "DO_NOTHING" => OnFailure.DoNothing,
                null or "ROLLBACK" => input.DisableRollback == true ? OnFailure.DoNothing : OnFailure.Rollback,
                var other => throw StackDefinitions.ValidationOf("onFailure", other, "Member must satisfy enum value set: [DELETE, DO_NOTHING, ROLLBACK]"),
            },
            RetainExceptOnCreate = input.RetainExceptOnCreate ?? false,
        });
        return new(stack.Id);
    }

    private async ValueTask<StackIdOutput> UpdateAsync(Call call, UpdateStackInput input)
    {
        var stack = stacks.Demand(call, "UpdateStack", input.StackName);
        RefusePolicy(input.StackPolicyBody ?? input.StackPolicyURL);
        if (!StackStatus.TakesUpdate(stack.Status))
            throw TemplateErrors.Validation($"Stack:{stack.Id} is in {stack.Status} state and can not be updated.");
        var (definition, plan) = definitions.Plan(call, input, stack);
        if (StackDefinitions.IsNoChange(stack, definition, plan))
            throw TemplateErrors.Validation("No updates are to be performed.");
        await control.DeployAsync(stack, definition, plan.Imports, new(call.Principal, input.ClientRequestToken)
        {
            OnFailure = input.DisableRollback == true ? OnFailure.DoNothing : OnFailure.Rollback,
            RetainExceptOnCreate = input.RetainExceptOnCreate ?? false,
        });
        return new(stack.Id);
    }

    private async ValueTask<Empty> DeleteAsync(Call call, DeleteStackInput input)
    {
        // Deleting what isn't there is no error.
        if (stacks.Find(call, "DeleteStack", input.StackName) is not { } stack)
            return Empty.Value;
        if (stack.TerminationProtection)
            throw TemplateErrors.Validation($"Stack [{stack.Name}] cannot be deleted while TerminationProtection is enabled");
        if (input.RetainResources is { Count: > 0 } && stack.Status != StackStatus.DeleteFailed)
            throw TemplateErrors.Validation("Invalid operation on stack [" + stack.Id + "]. RetainResources can be specified only for stacks in DELETE_FAILED.");
        await control.DeleteAsync(stack, input.RoleARN, new(call.Principal, input.ClientRequestToken)
        {
            Skip = input.RetainResources ?? [],
            Force = input.DeletionMode == "FORCE_DELETE_STACK",
        });
        return Empty.Value;
    }

    private async ValueTask<StackIdOutput> RollBackAsync(Call call, RollbackStackInput input)
    {
        var stack = stacks.Demand(call, "RollbackStack", input.StackName);
        await control.RollBackAsync(stack, input.RoleARN,
            new(call.Principal, input.ClientRequestToken) { RetainExceptOnCreate = input.RetainExceptOnCreate ?? false },
            StackStatus.CreateFailed, StackStatus.UpdateFailed);
        return new(stack.Id);
    }

    private async ValueTask<Empty> ContinueUpdateRollbackAsync(Call call, ContinueUpdateRollbackInput input)
    {
        var stack = stacks.Demand(call, "ContinueUpdateRollback", input.StackName);
        await control.RollBackAsync(stack, input.RoleARN,
            new(call.Principal, input.ClientRequestToken) { Skip = input.ResourcesToSkip ?? [] }, StackStatus.UpdateRollbackFailed);
        return Empty.Value;
    }

    private StackIdOutput UpdateTerminationProtection(Call call, UpdateTerminationProtectionInput input)
    {
        var stack = stacks.Demand(call, "UpdateTerminationProtection", input.StackName);
        store.Put(store.Get(stack) with { TerminationProtection = input.EnableTerminationProtection });
        return new(stack.Id);
    }

    private DescribeStacksOutput Describe(Call call, DescribeStacksInput input)
    {
        if (!string.IsNullOrEmpty(input.StackName))
        {
            var stack = stacks.Find(call, "DescribeStacks", input.StackName);
            if (stack is null && input.StackName == BootstrapStack.Name)
                return new([BootstrapStack.Describe(call)]);
            return new([StackDescriptions.Of(stack ?? throw TemplateErrors.Validation($"Stack with id {input.StackName} does not exist"))]);
        }

        call.Authorize("cloudformation:DescribeStacks", "*");
        return new([.. store.In(call.Account, call.Region).Where(stack => stack.Status != StackStatus.DeleteComplete).Select(StackDescriptions.Of)]);
    }

    private ListStacksOutput List(Call call, ListStacksInput input)
    {
        call.Authorize("cloudformation:ListStacks", "*");
        return new(
        [
            .. store.In(call.Account, call.Region).Where(stack => input.StackStatusFilter is not { Count: > 0 } filter || filter.Contains(stack.Status))
                .OrderByDescending(stack => stack.CreationTime).Select(StackDescriptions.Summary),
        ]);
    }

    private static void RefusePolicy(string? policy)
    {
        if (policy is not null)
            throw TemplateErrors.Unsupported("A stack policy");
    }
}

using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>Authorises a call for the stack that it names, and finds it.</summary>
internal sealed class StackFinder(StackStore store)
{
    public Stack Demand(Call call, string action, string? nameOrId, Func<string, string>? missing = null) =>
        Find(call, action, nameOrId) ?? throw TemplateErrors.Validation(missing?.Invoke(nameOrId!) ?? $"Stack [{nameOrId}] does not exist");

    public Stack? Find(Call call, string action, string? nameOrId)
    {
        if (string.IsNullOrEmpty(nameOrId))
            throw TemplateErrors.Validation("1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null");
        var found = store.TryFind(call.Account, call.Region, nameOrId, out var stack);
        call.Authorize($"cloudformation:{action}", stack?.Id ?? (nameOrId.StartsWith("arn:", StringComparison.Ordinal)
            ? nameOrId
            : call.Arn("cloudformation", $"stack/{nameOrId}/*")));
        return found ? stack : null;
    }
}

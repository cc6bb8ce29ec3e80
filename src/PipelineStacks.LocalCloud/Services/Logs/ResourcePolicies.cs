using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iam;
using PipelineStacks.LocalCloud.Services.Logs.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Logs;

/// <summary>Policies by which other services may write to log groups.</summary>
internal sealed class ResourcePolicies(LogsState state, TimeProvider time)
{
    public PutResourcePolicyResponse Put(Call call, PutResourcePolicyRequest request)
    {
        call.Authorize("logs:PutResourcePolicy", "*");
        var document = PolicyDocument.Check(request.PolicyDocument, PolicyKind.Resource, "InvalidParameterException");
        var policy = new ResourcePolicyState(request.PolicyName, document, time.GetUtcNow());
        state.Policies.Put(KeyOf(call, policy.Name), policy);
        return new(Describe(policy));
    }

    public Empty Delete(Call call, DeleteResourcePolicyRequest request)
    {
        call.Authorize("logs:DeleteResourcePolicy", "*");
        return state.Policies.Remove(KeyOf(call, request.PolicyName))
            ? Empty.Value
            : throw new ServiceException("ResourceNotFoundException", $"Policy with name [{request.PolicyName}] does not exist");
    }

    public DescribeResourcePoliciesResponse Describe(Call call, DescribeResourcePoliciesRequest request)
    {
        call.Authorize("logs:DescribeResourcePolicies", "*");
        var page = Page<ResourcePolicyState>.Of(
            state.Policies.In(call.Account, call.Region), request.NextToken, request.Limit ?? 50, "InvalidParameterException");
        return new([.. page.Items.Select(Describe)], page.Next);
    }

    private static ResourceKey KeyOf(Call call, string name) => new(call.Account, call.Region, name);

    private static ResourcePolicy Describe(ResourcePolicyState policy) => new(policy.Name, policy.Document, policy.Updated.ToUnixTimeMilliseconds());
}
